"""From what is heard of a judging to what is stored for whoever follows it."""

import logging
import threading
from collections.abc import Callable
from dataclasses import asdict
from typing import Self

from judge.errors import Abandoned, StoreError
from judge.judging.events import (
    AttemptFailed,
    Event,
    PhaseStarted,
    SearchFailed,
    TestEnded,
    TestsCollected,
)
from judge.queue import Claim, Queue, Told

GATHER_SECONDS = 0.1  # nobody sees the difference, and every batch is read by all who follow
_log = logging.getLogger(__name__)


class Teller:
    """Listens to one judging; raises Abandoned in it when the claim no longer holds.

    A thread of its own writes what was told, several events at once, so that judging does not wait
    for the disk. What is left at the end goes into one transaction with the judgement.
    """

    def __init__(self, queue: Queue, claim: Claim, hint: Callable[[], None]) -> None:
        self._queue, self._claim, self._hint = queue, claim, hint
        self._told: list[Told] = []
        self._news = threading.Event()
        self._adding = threading.Lock()
        self._writing = threading.Lock()
        self._abandoned: Abandoned | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._write, name="teller", daemon=True)

    def __enter__(self) -> Self:
        """Begin to write."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop writing; what nobody took is lost."""
        self._over.set()
        self._news.set()
        self._thread.join()

    def __call__(self, event: Event) -> None:
        """Have an event stored, soon."""
        if self._abandoned is not None:
            raise self._abandoned
        log(event, self._claim.submission.id)
        if isinstance(event, SearchFailed):
            return
        with self._adding:
            self._told.append(_told(event))
        self._news.set()

    def rest(self) -> list[Told]:
        """Take what has not been written, and write no more."""
        self._over.set()
        with self._writing:
            return self._take()

    def _write(self) -> None:
        while True:
            self._news.wait()
            self._news.clear()
            if self._over.wait(GATHER_SECONDS):
                return
            with self._writing:
                if not self._over.is_set():
                    self._store(self._take())

    def _take(self) -> list[Told]:
        with self._adding:
            told, self._told = self._told, []
            return told

    def _store(self, told: list[Told]) -> None:
        try:
            self._queue.tell(self._claim, told)
        except Abandoned as error:
            self._abandoned = error
        except StoreError as error:
            # Who follows misses something; the judgement will still tell everything.
            _log.warning("an event of %d is lost: %s", self._claim.submission.id, error)
        else:
            self._hint()


def log(event: Event, submission_id: int) -> None:
    """Log what went wrong while a submission was judged, for whoever runs the judge."""
    if isinstance(event, AttemptFailed):
        attempt, error = event.attempt, event.error
        _log.warning("submission %d: attempt %d failed: %s", submission_id, attempt, error)
    if isinstance(event, SearchFailed):
        last = event.trouble.strip().rpartition("\n")[2]
        _log.warning("submission %d: tests/inputs.py: %s", submission_id, last)


def _told(event: PhaseStarted | TestsCollected | TestEnded | AttemptFailed) -> Told:
    match event:
        case PhaseStarted():
            return "phase", {"name": event.name}
        case TestsCollected():
            return "collected", {"total": event.total}
        case TestEnded():
            return "test", {"index": event.index, "test": asdict(event.result)}
        case AttemptFailed():
            # The error's text is for whoever runs the judge and may name hidden tests.
            return "attempt_failed", {"attempt": event.attempt}
