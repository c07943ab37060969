"""The built page: its files, and for every address that is the page's own, its one document."""

from http import HTTPStatus
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, PlainTextResponse
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

READ = ["GET", "HEAD"]
NOT_BUILT = (
    "The judge is running; its page has not been built. `make web` builds it; "
    "`judge submit` works without.\n"
)


def page_router(folder: Path | None) -> APIRouter:
    """Return the routes of the page, whose addresses are its own business."""
    router = APIRouter(include_in_schema=False)
    document = None if folder is None else folder / "index.html"

    @router.api_route("/", methods=READ)
    @router.api_route("/problems/{slug}", methods=READ)
    @router.api_route("/pitfalls/{name}", methods=READ)
    @router.api_route("/submissions", methods=READ)
    @router.api_route("/submissions/{submission_id}", methods=READ)
    async def page() -> Response:
        if document is None or not document.is_file():
            return PlainTextResponse(NOT_BUILT, HTTPStatus.SERVICE_UNAVAILABLE)
        return FileResponse(document, headers={"Cache-Control": "no-cache"})

    return router


def assets(folder: Path) -> StaticFiles:
    """Return the files that the document names; no path leads out of their folder."""
    return StaticFiles(directory=folder / "assets", check_dir=False)
