"""How the API says no: every error of ours, and every one of the framework's, as RFC 9457 says."""

import logging
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from anyio import BrokenResourceError, ClosedResourceError
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from judge import wire
from judge.errors import (
    JudgeError,
    NoReport,
    NothingToCancel,
    NotJudged,
    ProblemError,
    RequestError,
    StoreError,
    StoreFull,
    UnknownPitfall,
    UnknownProblem,
    UnknownSubmission,
)

MEDIA_TYPE = "application/problem+json"
MAX_ERRORS = 20  # that are named: a body of unknown keys has a hundred thousand
MAX_WHERE = 100
_log = logging.getLogger(__name__)
# The first class that fits decides.
STATUS: Sequence[tuple[type[JudgeError], HTTPStatus]] = (
    (UnknownProblem, HTTPStatus.NOT_FOUND),
    (UnknownPitfall, HTTPStatus.NOT_FOUND),
    (UnknownSubmission, HTTPStatus.NOT_FOUND),
    (NoReport, HTTPStatus.NOT_FOUND),
    (NothingToCancel, HTTPStatus.CONFLICT),
    (NotJudged, HTTPStatus.CONFLICT),
    (StoreFull, HTTPStatus.INSUFFICIENT_STORAGE),
    (StoreError, HTTPStatus.SERVICE_UNAVAILABLE),
    (ProblemError, HTTPStatus.SERVICE_UNAVAILABLE),
    # What a learner may get wrong is refused where it is looked at. This is about the set-up.
    (RequestError, HTTPStatus.SERVICE_UNAVAILABLE),
)


class Refused(Exception):
    """A request is answered with an error, here and now."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        *,
        where: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers
        self.errors = None if where is None else ({"where": where, "what": detail},)


def trouble(
    status: HTTPStatus,
    detail: str,
    errors: tuple[dict[str, str], ...] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """Return an answer that says why not."""
    body = wire.Trouble(title=status.phrase, status=status, detail=detail, errors=errors)
    return JSONResponse(
        body.model_dump(exclude_none=True), status, dict(headers or {}), media_type=MEDIA_TYPE
    )


def handle_errors(app: FastAPI) -> None:
    """Have every exception answered with problem details."""

    @app.exception_handler(Refused)
    async def refused(_request: Request, error: Refused) -> JSONResponse:
        return trouble(error.status, error.detail, error.errors, error.headers)

    @app.exception_handler(JudgeError)
    async def ours(_request: Request, error: JudgeError) -> JSONResponse:
        return _answer_to(error)

    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        errors = tuple(
            {"where": ".".join(str(part) for part in one["loc"])[:MAX_WHERE], "what": one["msg"]}
            for one in error.errors()[:MAX_ERRORS]
        )
        first = errors[0]
        return trouble(
            HTTPStatus.UNPROCESSABLE_ENTITY, f"{first['where']}: {first['what']}", errors
        )

    @app.exception_handler(HTTPException)
    async def framework(request: Request, error: HTTPException) -> JSONResponse:
        headers = error.headers
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            headers = _allowed(app, request.url.path) or headers
        return trouble(HTTPStatus(error.status_code), str(error.detail), headers=headers)


def _answer_to(error: JudgeError) -> JSONResponse:
    fitting = (status for kind, status in STATUS if isinstance(error, kind))
    status = next(fitting, HTTPStatus.INTERNAL_SERVER_ERROR)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("%s", error)
    if isinstance(error, ProblemError):
        return trouble(status, "the package of this problem cannot be read")
    if status is HTTPStatus.SERVICE_UNAVAILABLE and isinstance(error, RequestError):
        return trouble(status, "this judge is not set up for it; its log says why")
    return trouble(status, str(error))


def _allowed(app: FastAPI, path: str) -> Mapping[str, str]:
    """Name all methods of an address; the framework names those of one of its routes."""
    for template, operations in app.openapi()["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path):
            return {"Allow": ", ".join(sorted(method.upper() for method in operations))}
    return {}


def _has_left(error: Exception) -> bool:
    """Return whether all that went wrong is that nobody listens any more."""
    if isinstance(error, ExceptionGroup):
        return error.split((BrokenResourceError, ClosedResourceError))[1] is None
    return isinstance(error, BrokenResourceError | ClosedResourceError)


class Caught:
    """Middleware: a mistake of ours is an answer like any other, with all that those have."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what nobody answered."""
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as error:
            if begun and _has_left(error):
                return
            if begun or scope["type"] != "http":
                raise
            _log.exception("%s %s", scope["method"], scope["path"])
            answer = trouble(
                HTTPStatus.INTERNAL_SERVER_ERROR, "the judge made a mistake; see its log"
            )
            await answer(scope, receive, send)
