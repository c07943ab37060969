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
FRESH_SECONDS = 0.5  # places in the queue: every step of it is told to all who wait
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
        self._is_stale, self._fresh_until = True, 0.0
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
        """Look for news until cancelled."""
        while True:
            started = time.monotonic()
            try:
                await self._look()
            except StoreError as error:
                _log.warning("%s", error)
                await asyncio.sleep(LOOK_SECONDS)
            await asyncio.sleep(max(PAUSE_SECONDS, SHARE * (time.monotonic() - started)))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._hinted.wait(), LOOK_SECONDS)
            self._hinted.clear()

    async def _look(self) -> None:
        begins = self._last is None
        if self._last is None:
            self._last = await run_in_threadpool(self._store.events.newest)
        news = await run_in_threadpool(self._store.events.news, self._last)
        moved: set[int] = set()
        self._is_stale |= news.moved or begins
        if self._is_stale and time.monotonic() >= self._fresh_until:
            self._is_stale, self._fresh_until = False, time.monotonic() + FRESH_SECONDS
            before = self._positions
            self._positions = await run_in_threadpool(positions, self._store.database)
            moved = {one for one in self._followers if before.get(one) != self.position(one)}
        self._last = news.newest  # not before all of it was done
        for submission_id in (news.touched | moved) & self._followers.keys():
            self._wake(submission_id, stored=submission_id in news.touched)

    def _wake(self, submission_id: int, *, stored: bool) -> None:
        for follower in self._followers.get(submission_id, ()):
            follower.tell(stored=stored)
