"""How the API says no: every error of ours, and every one of the framework's, as RFC 9457 says."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from judge import wire
from judge.errors import (
    JudgeError,
    NothingToCancel,
    ProblemError,
    RequestError,
    StoreError,
    StoreFull,
    UnknownProblem,
    UnknownSubmission,
)

MEDIA_TYPE = "application/problem+json"
_log = logging.getLogger(__name__)
# The first class that fits decides.
STATUS: Sequence[tuple[type[JudgeError], HTTPStatus]] = (
    (UnknownProblem, HTTPStatus.NOT_FOUND),
    (UnknownSubmission, HTTPStatus.NOT_FOUND),
    (NothingToCancel, HTTPStatus.CONFLICT),
    (RequestError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (StoreFull, HTTPStatus.INSUFFICIENT_STORAGE),
    (StoreError, HTTPStatus.SERVICE_UNAVAILABLE),
    (ProblemError, HTTPStatus.SERVICE_UNAVAILABLE),
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
        fitting = (status for kind, status in STATUS if isinstance(error, kind))
        status = next(fitting, HTTPStatus.INTERNAL_SERVER_ERROR)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            _log.error("%s", error)
        if isinstance(error, ProblemError):
            return trouble(status, "the package of this problem cannot be read")
        return trouble(status, str(error))

    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        errors = tuple(
            {"where": ".".join(str(part) for part in one["loc"]), "what": one["msg"]}
            for one in error.errors()
        )
        first = errors[0]
        return trouble(
            HTTPStatus.UNPROCESSABLE_ENTITY, f"{first['where']}: {first['what']}", errors
        )

    @app.exception_handler(HTTPException)
    async def framework(_request: Request, error: HTTPException) -> JSONResponse:
        return trouble(HTTPStatus(error.status_code), str(error.detail), headers=error.headers)

    @app.exception_handler(Exception)
    async def bug(_request: Request, _error: Exception) -> JSONResponse:
        # Its traceback is in the log, where the framework puts it.
        return trouble(HTTPStatus.INTERNAL_SERVER_ERROR, "the judge made a mistake; see its log")
