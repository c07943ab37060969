"""What the server says of itself: version, health, metrics; and links that let a browser in."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

import judge
from judge import wire
from judge.api.access import SessionCookie, TokensLearnerId
from judge.api.documented import troubles
from judge.api.parts import PartsOf, RunningOf
from judge.api.said import reasons
from judge.api.troubles import Refused
from judge.model import State
from judge.store import KeyKind
from judge.store.learners import LASTS

router = APIRouter(tags=["service"])

_SLUG = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"  # what can name a problem leads to no other server


@router.get("/api/version", responses=troubles())
def version() -> wire.Version:
    """Say which judge this is."""
    return wire.Version(judge=judge.__version__)


@router.get("/healthz", responses=troubles())
def health() -> wire.Health:
    """Say that the server answers."""
    return wire.Health()


@router.get(
    "/readyz",
    response_model=wire.Readiness,
    responses={
        **troubles(),
        503: {"model": wire.Readiness | wire.Trouble, "description": "Not ready, and why"},
    },
)
def readiness(parts: PartsOf) -> Response:
    """Say whether a submission would be judged now, and if not, why."""
    counts = parts.store.submissions.counts()
    why_not = tuple(reasons(parts.store))
    body = wire.Readiness(
        ready=not why_not,
        reasons=why_not,
        queued=counts.get(State.QUEUED, 0),
        judging=counts.get(State.JUDGING, 0),
    )
    status = HTTPStatus.SERVICE_UNAVAILABLE if why_not else HTTPStatus.OK
    return JSONResponse(body.model_dump(), status)


@router.get("/metrics", responses=troubles(503), response_class=PlainTextResponse)
def metrics(parts: PartsOf, running: RunningOf) -> Response:
    """Say how much there is of everything, as Prometheus reads it."""
    running.meters.look(parts.store, running.feed)
    return Response(generate_latest(running.meters.registry), media_type=CONTENT_TYPE_LATEST)


@router.post(
    "/api/links", status_code=HTTPStatus.CREATED, responses=troubles(401, 422, 503, writes=True)
)
def new_link(parts: PartsOf, learner: TokensLearnerId, _nothing: wire.NewLink) -> wire.Link:
    """Make a link that lets one browser in, once."""
    code = parts.store.learners.new_key(learner, KeyKind.LINK)
    lasts = LASTS[KeyKind.LINK]
    return wire.Link(
        path=enter_path(code), expires_in_seconds=int(lasts.total_seconds()) if lasts else 0
    )


def enter_path(code: str, problem: str | None = None) -> str:
    """Return the path of a link, which may lead to a problem."""
    return f"/enter?code={code}" + (f"&problem={problem}" if problem is not None else "")


@router.get(
    "/enter",
    status_code=HTTPStatus.SEE_OTHER,
    response_class=RedirectResponse,
    responses={
        **troubles(401, 422, 503, 507),
        303: {"description": "To the page, with a session's cookie"},
    },
)
def enter(
    request: Request,
    parts: PartsOf,
    code: Annotated[str, Query(min_length=1, max_length=100)],
    problem: Annotated[str | None, Query(max_length=100, pattern=_SLUG)] = None,
) -> Response:
    """Let the browser in that opens a link, and lead it to the page, or to a problem's."""
    learner = parts.store.learners.use_link(code)
    if learner is None:
        raise Refused(
            HTTPStatus.UNAUTHORIZED,
            "this link has been used or is too old; `judge link` prints a new one",
            headers={"WWW-Authenticate": "Bearer"},
        )
    session = parts.store.learners.new_key(learner, KeyKind.SESSION)
    lasts = LASTS[KeyKind.SESSION]
    page = "/" if problem is None else f"/problems/{problem}"
    answer = RedirectResponse(page, HTTPStatus.SEE_OTHER)
    answer.set_cookie(
        SessionCookie.name_for(request),
        session,
        max_age=int(lasts.total_seconds()) if lasts else None,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path="/",
    )
    return answer
