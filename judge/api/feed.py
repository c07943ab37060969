"""Who follows which submission, and when there is something new to read.

Nothing is queued for a follower: each reads from the database what came after the last event it
has, at its own pace, so that a slow or a thousandth one costs no memory. The feed only wakes those
whose submission something happened to.
"""

import asyncio
import contextlib
import logging
import time
from collections import defaultdict
from collections.abc import Iterator

from starlette.concurrency import run_in_threadpool

from judge.errors import StoreError
from judge.queue import positions
from judge.store import Store

MAX_STREAMS = 500
PAUSE_SECONDS = 0.005  # between two looks, however many hints there are; and
SHARE = 4  # times what the look took: a long queue is looked through less often
LOOK_SECONDS = 1.0  # without a hint
FRESH_SECONDS = 0.5  # places in the queue, at most this often: a step of it moves all who wait, and
TELL_SECONDS = 0.01  # apart: a hundred streams written at once would hold up everybody's requests
_log = logging.getLogger(__name__)


class Follower:
    """One stream; waits for something to read, or only for another place in the queue."""

    def __init__(self) -> None:
        self._told = asyncio.Event()
        self._is_stored = True  # all that was before

    def tell(self, *, stored: bool) -> None:
        """Wake it."""
        self._is_stored |= stored
        self._told.set()

    def take(self) -> bool:
        """Return whether something was stored since this was asked last."""
        self._told.clear()
        stored, self._is_stored = self._is_stored, False
        return stored

    async def wait(self) -> None:
        """Wait until told."""
        await self._told.wait()


class Feed:
    """All open streams of events of this server."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._hinted = asyncio.Event()
        self._followers: dict[int, set[Follower]] = defaultdict(set)
        self._positions: dict[int, int] = {}
        self._moved = asyncio.Event()
        self._last: int | None = None  # event that was looked at
        self._loop: asyncio.AbstractEventLoop | None = None
        self.streams = 0
        self.ended = False

    def begin(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take hints from other threads for this loop from now on."""
        self._loop = loop

    def hint_from_thread(self) -> None:
        """Something was stored; look soon."""
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody follows any more
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._hinted.set)

    def position(self, submission_id: int) -> int | None:
        """Return how many are taken before a queued submission, as of the last look."""
        return self._positions.get(submission_id)

    @contextlib.contextmanager
    def follow(self, submission_id: int) -> Iterator[Follower]:
        """Give what is told whenever there may be something new."""
        follower = Follower()
        self._followers[submission_id].add(follower)
        try:
            yield follower
        finally:
            self._followers[submission_id].discard(follower)
            if not self._followers[submission_id]:
                del self._followers[submission_id]

    def end(self) -> None:
        """Have every stream end; who follows comes back to the next server. From the loop only."""
        self.ended = True
        for submission_id in list(self._followers):
            self._wake(submission_id, stored=False)

    async def run(self) -> None:
        """Look for news, and for places in the queue, until cancelled."""
        async with asyncio.TaskGroup() as both:
            both.create_task(self._look_for_news())
            both.create_task(self._look_for_places())

    async def _look_for_news(self) -> None:
        while True:
            started = time.monotonic()
            with self._surviving():
                await self._tell_news()
            await asyncio.sleep(max(PAUSE_SECONDS, SHARE * (time.monotonic() - started)))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._hinted.wait(), LOOK_SECONDS)
            self._hinted.clear()

    async def _tell_news(self) -> None:
        if self._last is None:
            self._last = await run_in_threadpool(self._store.events.newest)
            self._moved.set()
        news = await run_in_threadpool(self._store.events.news, self._last)
        if news.moved:
            self._moved.set()
        self._last = news.newest  # not before all of it was done
        for submission_id in news.touched & self._followers.keys():
            self._wake(submission_id, stored=True)

    async def _look_for_places(self) -> None:
        while True:
            await self._moved.wait()
            self._moved.clear()
            with self._surviving():
                await self._tell_places()
            await asyncio.sleep(FRESH_SECONDS)

    async def _tell_places(self) -> None:
        before = self._positions
        self._positions = await run_in_threadpool(positions, self._store.database)
        for submission_id in list(self._followers):
            if before.get(submission_id) != self.position(submission_id):
                self._wake(submission_id, stored=False)
                await asyncio.sleep(TELL_SECONDS)

    @contextlib.contextmanager
    def _surviving(self) -> Iterator[None]:
        """Go on when the database fails: the next look reads what this one did not."""
        try:
            yield
        except StoreError as error:
            _log.warning("%s", error)
            self._moved.set()

    def _wake(self, submission_id: int, *, stored: bool) -> None:
        for follower in self._followers.get(submission_id, ()):
            follower.tell(stored=stored)
