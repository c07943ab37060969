"""What the OpenAPI document says beyond the routes themselves: how each of them can refuse."""

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

import judge
from judge import wire
from judge.api.troubles import MEDIA_TYPE

DESCRIPTION = """Submissions are accepted here and judged by a worker; follow one by its events.

Every refusal is a problem detail (RFC 9457). Requests that write carry `application/json`, and
come from no other origin. `Judge-Api` is in every answer; a request that has it must agree.
"""
# What the middleware may answer to anything.
ANYWHERE = (400, 421, 500)
WRITING = (403, 408, 413, 415, 507)
Responses = dict[int | str, dict[str, Any]]


def troubles(*statuses: int, writes: bool = False) -> Responses:
    """Return the documentation of the refusals of a route."""
    all_of_them = {*ANYWHERE, *statuses, *(WRITING if writes else ())}
    return {
        status: {"model": wire.Trouble, "description": HTTPStatus(status).phrase}
        for status in sorted(all_of_them)
    }


def openapi(app: FastAPI) -> dict[str, Any]:
    """Return the document, made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title="judge", version=judge.__version__, description=DESCRIPTION, routes=app.routes
        )
        for path in made["paths"].values():
            for operation in path.values():
                for answer in operation["responses"].values():
                    _as_problem(answer)
        app.openapi_schema = made
    return app.openapi_schema


def _as_problem(answer: dict[str, Any]) -> None:
    """Whatever a route answers with when all is well, it refuses in one form."""
    for kind, said in list(answer.get("content", {}).items()):
        if said.get("schema", {}).get("$ref", "").endswith("/Trouble"):
            answer["content"][MEDIA_TYPE] = answer["content"].pop(kind)
