"""What the server says about itself, and how it says no."""

from pydantic import Field

from judge.wire.base import API_VERSION, Asked, Said
from judge.wire.examples import Example, shown


class Version(Said, json_schema_extra=shown({"judge": "0.1.0", "api": API_VERSION})):
    """Which judge this is."""

    judge: str
    api: int = API_VERSION


class Health(Said, json_schema_extra=shown({"status": "ok"})):
    """The server answers."""

    status: str = "ok"


_NOT_READY: Example = {
    "ready": False,
    "reasons": ["no container engine answers"],
    "queued": 3,
    "judging": 0,
}


class Readiness(Said, json_schema_extra=shown(_NOT_READY)):
    """Whether a submission would be judged now, and if not, why not."""

    ready: bool
    reasons: tuple[str, ...]
    queued: int
    judging: int


class NewLink(Asked, json_schema_extra=shown({})):
    """Nothing has to be said; the body is `{}`."""


_LINK: Example = {"path": "/enter?code=…", "expires_in_seconds": 600}


class Link(Said, json_schema_extra=shown(_LINK)):
    """A path that lets one browser in, once."""

    path: str
    expires_in_seconds: int


_UNKNOWN: Example = {
    "type": "about:blank",
    "title": "Not Found",
    "status": 404,
    "detail": "unknown problem 'pair-sum'; did you mean score-pair-sum?",
}


class Trouble(Said, json_schema_extra=shown(_UNKNOWN)):
    """Why a request was refused or failed: problem details as RFC 9457 describes them."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: tuple[dict[str, str], ...] | None = Field(
        default=None, description="`where` and `what`, one for each part that is wrong"
    )
