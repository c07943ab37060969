"""From what is heard of a judging to what is stored for whoever follows it."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict

from judge.errors import StoreError
from judge.judging.events import (
    AttemptFailed,
    Event,
    PhaseStarted,
    TestEnded,
    TestsCollected,
)
from judge.queue import Claim, Queue

_log = logging.getLogger(__name__)


class Teller:
    """Listens to one judging; raises Abandoned in it when the claim no longer holds."""

    def __init__(self, queue: Queue, claim: Claim, hint: Callable[[], None]) -> None:
        self._queue, self._claim, self._hint = queue, claim, hint

    def __call__(self, event: Event) -> None:
        """Store an event."""
        kind, data = _told(event)
        try:
            self._queue.tell(self._claim, kind, data)
        except StoreError as error:
            # Who follows misses something; the judgement will still tell everything.
            _log.warning("an event of %d is lost: %s", self._claim.submission.id, error)
        else:
            self._hint()


def _told(event: Event) -> tuple[str, Mapping[str, object]]:
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
