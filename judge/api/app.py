"""The application: routes, and around them, outermost first, what every request passes."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from fastapi import FastAPI

import judge
from judge.api import page, pitfalls, problems, reports, runs, service, submissions
from judge.api.access import Gate, Headed
from judge.api.body import Bounded
from judge.api.documented import openapi
from judge.api.feed import Feed
from judge.api.meters import Metered, Meters
from judge.api.parts import Parts, Running
from judge.api.troubles import Caught, handle_errors


def create_app(parts: Parts) -> FastAPI:
    """Return the application for a store, problems and a worker."""
    app = FastAPI(
        title="judge",
        version=judge.__version__,
        lifespan=_lifespan,
        docs_url=None,  # its page would be somebody else's scripts
        redoc_url=None,
        openapi_url="/api/openapi.json",
        strict_content_type=False,  # the gate looks at it
    )
    app.state.parts = parts
    app.state.running = Running(Feed(parts.store), Meters())
    for router in (
        problems.router,
        pitfalls.router,
        submissions.router,
        reports.router,
        runs.router,
        service.router,
    ):
        app.include_router(router)
    app.include_router(page.page_router(parts.page))
    if parts.page is not None:
        app.mount("/assets", page.assets(parts.page))
    handle_errors(app)
    # Added last is outermost.
    app.add_middleware(Bounded)
    app.add_middleware(Gate, allowed_hosts=parts.allowed_hosts)
    app.add_middleware(Caught)
    app.add_middleware(Headed)
    app.add_middleware(Metered, meters=app.state.running.meters)
    app.openapi = lambda: openapi(app)  # type: ignore[method-assign]  # as FastAPI documents it
    return app


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Run the worker and the feed for as long as the application runs."""
    parts: Parts = app.state.parts
    running: Running = app.state.running
    loop = asyncio.get_running_loop()
    running.feed.begin(loop)
    with parts.worker(running.feed.hint_from_thread) as wake:
        running.wake = wake
        looking = asyncio.create_task(running.feed.run())
        try:
            yield
        finally:
            looking.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await looking
