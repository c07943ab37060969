"""What the server says about itself, and how it says no."""

from pydantic import Field

from judge.wire.base import API_VERSION, Asked, Said


class Version(Said):
    """Which judge this is."""

    judge: str
    api: int = API_VERSION


class Health(Said):
    """The server answers."""

    status: str = "ok"


class Readiness(Said):
    """Whether a submission would be judged now, and if not, why not."""

    ready: bool
    reasons: tuple[str, ...] = Field(examples=[("no container engine answers",)])
    queued: int
    judging: int


class NewLink(Asked):
    """Nothing has to be said; the body is `{}`."""


class Link(Said):
    """A path that lets one browser in, once."""

    path: str = Field(examples=["/enter?code=…"])
    expires_in_seconds: int


class Trouble(Said):
    """Why a request was refused or failed: problem details as RFC 9457 describes them."""

    type: str = Field(default="about:blank", examples=["about:blank"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["unknown problem 'pair-sum'; did you mean score-pair-sum?"])
    errors: tuple[dict[str, str], ...] | None = Field(
        default=None, description="`where` and `what`, one for each part that is wrong"
    )
