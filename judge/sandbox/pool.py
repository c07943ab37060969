"""Boxes started ahead of time: leasing one costs a message; a box is still used once.

One thread starts boxes and removes used ones, so that neither is waited for. A pool never makes
anything impossible: where it is empty, or the box it kept has died, a box is started on the spot.
Boxes are kept per profile and class of memory; how many, says `size`; how many of all kinds
together, `capacity`: the kind that was leased longest ago gives way.

Starting a box takes a core for as long as a submission does, which it would slow down, and removing
one half as long. So the last box of a sort is started when nothing is leased, and after a lease the
thread leaves the cores to whoever records and tells what came of it.
"""

import contextlib
import logging
import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from judge.errors import JudgeError
from judge.sandbox.base import Box, Sandbox

MEMORY_CLASSES = (256, 512, 1024)  # MiB; more than that is a class of its own
QUIET_SECONDS = 0.1  # after the last lease, unless there is no box of the sort that is missing
PAUSE_SECONDS = 1.0  # after a box that did not start, until one of its sort is tried again
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sort:
    """What all boxes of one queue have in common."""

    profile: str
    memory_mib: int

    @classmethod
    def of(cls, profile: str, memory_mib: int) -> "Sort":
        """Return the sort in which user code may use at least that much memory."""
        fitting = (size for size in MEMORY_CLASSES if size >= memory_mib)
        return cls(profile, next(fitting, memory_mib))


@dataclass(frozen=True, slots=True)
class _Kept:
    """A box and what ends it."""

    box: Box
    ending: contextlib.ExitStack


class Pool:
    """A sandbox that keeps boxes of another one warm. For any number of threads."""

    def __init__(self, cold: Sandbox, size: int, capacity: int) -> None:
        self._cold, self._size, self._capacity = cold, size, capacity
        # In the order of their last lease, the latest at the end.
        self._kept: dict[Sort, deque[_Kept]] = {}
        self._used: deque[contextlib.ExitStack] = deque()
        # Sorts of which no box started: when to try again, and what was said of it.
        self._failed: dict[Sort, tuple[float, str]] = {}
        self._leased = 0
        self._quiet_until = 0.0
        self._change = threading.Condition()
        self._closing = False

    @contextlib.contextmanager
    def running(self, *ahead: Sort) -> Iterator["Pool"]:
        """Keep boxes while the block lasts, of these sorts from the beginning; drain at its end."""
        self._kept = {sort: deque() for sort in ahead}
        thread = threading.Thread(target=self._keep, name="pool", daemon=True)
        thread.start()
        try:
            yield self
        finally:
            with self._change:
                self._closing = True
                self._change.notify_all()
            thread.join()
            self._drain()

    @contextlib.contextmanager
    def lease(self, profile: str, memory_mib: int) -> Iterator[Box]:
        """See Sandbox."""
        sort = Sort.of(profile, memory_mib)
        with contextlib.ExitStack() as lease:
            kept = self._take(sort)
            lease.callback(self._give_back, kept)
            if kept is not None:
                yield kept.box
            else:
                yield lease.enter_context(self._cold.lease(sort.profile, sort.memory_mib))

    def _give_back(self, kept: _Kept | None) -> None:
        with self._change:
            self._leased -= 1
            self._quiet_until = time.monotonic() + QUIET_SECONDS
            if kept is not None:
                self._used.append(kept.ending)
            self._change.notify_all()

    def _take(self, sort: Sort) -> _Kept | None:
        """Return a live box of a sort, the one that has waited longest; None when there is none."""
        with self._change:
            self._leased += 1
            boxes = self._kept.pop(sort, deque())
            self._kept[sort] = boxes  # leased last, gives way last
            self._change.notify_all()
            while boxes:
                kept = boxes.popleft()
                if kept.box.is_alive():
                    return kept
                self._used.append(kept.ending)
        return None

    def _keep(self) -> None:
        """Start what is missing and end what was used, until closing."""
        while True:
            with self._change:
                patience = PAUSE_SECONDS if self._failed else None
                self._change.wait_for(lambda: self._closing or self._has_work(), patience)
                if self._closing:
                    return
                missing = self._missing()
                quiet = 0.0 if self._leased else self._quiet_until - time.monotonic()
                if quiet > 0 and (missing is None or self._kept[missing]):
                    self._change.wait(quiet)
                    continue
                used = list(self._used)
                self._used.clear()
            for ending in used:
                _end(ending)
            if missing is not None:
                self._start(missing)

    def _has_work(self) -> bool:
        return self._missing() is not None or bool(self._used)

    def _missing(self) -> Sort | None:
        """Return the sort leased last that has too few boxes, room for one, and did not fail."""
        room = self._capacity
        for sort, boxes in reversed(self._kept.items()):
            wanted = min(self._size, room)
            again, _ = self._failed.get(sort, (0.0, ""))
            now = min(wanted, max(1, self._size - 1)) if self._leased else wanted
            if len(boxes) < now and time.monotonic() >= again:
                return sort
            room -= wanted
            while len(boxes) > wanted:
                self._used.append(boxes.pop().ending)
        return None

    def _start(self, sort: Sort) -> None:
        ending = contextlib.ExitStack()
        try:
            box = ending.enter_context(self._cold.lease(sort.profile, sort.memory_mib))
        except JudgeError as error:
            self._note_failure(sort, str(error))
        except Exception as error:  # noqa: BLE001 (without this thread no used box would ever go)
            _log.exception("a box of profile '%s'", sort.profile)
            self._note_failure(sort, repr(error))
        else:
            with self._change:
                self._failed.pop(sort, None)
                self._kept.setdefault(sort, deque()).append(_Kept(box, ending))

    def _note_failure(self, sort: Sort, why: str) -> None:
        """Let other sorts have their turn; say once what ails this one."""
        with self._change:
            _, said = self._failed.get(sort, (0.0, ""))
            self._failed[sort] = time.monotonic() + PAUSE_SECONDS, why
        if said != why:
            _log.warning("no warm box of profile '%s': %s", sort.profile, why)

    def _drain(self) -> None:
        with self._change:
            used = [*self._used, *(kept.ending for boxes in self._kept.values() for kept in boxes)]
            self._used.clear()
            self._kept.clear()
        for ending in used:
            _end(ending)


def _end(ending: contextlib.ExitStack) -> None:
    try:
        ending.close()
    except JudgeError as error:
        # It goes by itself when its stream is closed, or is swept by the next judge.
        _log.warning("a used box could not be removed: %s", error)
    except Exception:  # noqa: BLE001 (without this thread no used box would ever go)
        _log.exception("a used box could not be removed")
