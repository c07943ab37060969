"""What the routes work with: one object in the application's state, asked for as a dependency."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from judge.api.feed import Feed
from judge.api.meters import Meters
from judge.catalog import Shelf
from judge.store import Store

Hint = Callable[[], None]


@contextmanager
def no_worker(_heard: Hint) -> Iterator[Hint]:
    """Take the place of a worker where nothing is to be judged."""
    yield lambda: None


@dataclass(frozen=True, slots=True)
class Parts:
    """The store, the problems, the way to the worker, and whom to let in."""

    store: Store
    shelf: Shelf
    # Runs a worker while its block lasts: is given what to call when something was stored, and
    # gives what to call when there is something to judge.
    worker: Callable[[Hint], AbstractContextManager[Hint]] = no_worker
    allowed_hosts: tuple[str, ...] = ()  # besides the names of this machine itself
    page: Path | None = None  # the folder of the built page


@dataclass
class Running:
    """What exists only while the application runs."""

    feed: Feed
    meters: Meters
    wake: Hint = field(default=lambda: None)


# Asynchronous only so that the framework does not ask a thread for what is at hand.
async def _parts(request: Request) -> Parts:
    parts: Parts = request.app.state.parts
    return parts


async def _running(request: Request) -> Running:
    running: Running = request.app.state.running
    return running


PartsOf = Annotated[Parts, Depends(_parts)]
RunningOf = Annotated[Running, Depends(_running)]
