"""Events are stored soon, in order and several at once; what fails ends nothing but the claim."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

import pytest

from judge.errors import Abandoned, GraderFailed, StoreFull
from judge.judging.events import AttemptFailed, PhaseStarted, SearchFailed
from judge.queue import Claim, Queue, Told
from judge.store import Store
from judge.worker import telling
from judge.worker.telling import Teller
from tests.builders import wanted
from tests.waiting import eventually


@dataclass
class Pen:
    """Takes the place of a queue: keeps what it is told, or fails."""

    written: list[list[Told]] = field(default_factory=list)
    fault: Exception | None = None
    failed: int = 0

    def tell(self, _claim: Claim, told: Sequence[Told]) -> None:
        if self.fault is not None:
            self.failed += 1
            raise self.fault
        self.written.append(list(told))


@pytest.fixture
def pen() -> Pen:
    return Pen()


@pytest.fixture
def teller(store: Store, pen: Pen) -> Teller:
    accepted = store.submissions.accept(store.learners.named("me"), wanted())
    claim = Claim(accepted, "a worker", 1)
    return Teller(cast("Queue", pen), claim, lambda: None)


def phases(*names: str) -> list[Told]:
    return [("phase", {"name": name}) for name in names]


def test_events_are_written_together_and_the_rest_is_handed_over(teller: Teller, pen: Pen) -> None:
    with teller:
        for name in "abc":
            teller(PhaseStarted(name))
        eventually(lambda: pen.written)
        teller(PhaseStarted("d"))
        assert teller.rest() == phases("d")
        assert teller.rest() == []

    assert pen.written == [phases("a", "b", "c")]


def test_a_claim_that_was_lost_ends_the_judging_at_its_next_event(teller: Teller, pen: Pen) -> None:
    pen.fault = Abandoned("taken away")
    with teller:
        teller(PhaseStarted("a"))
        eventually(lambda: pen.failed)
        eventually(lambda: teller._abandoned)
        with pytest.raises(Abandoned, match="taken away"):
            teller(PhaseStarted("b"))


def test_events_that_cannot_be_stored_are_missed_and_later_ones_are_not(
    teller: Teller, pen: Pen
) -> None:
    with teller:
        pen.fault = StoreFull("judge.db", "full")
        teller(PhaseStarted("a"))
        eventually(lambda: pen.failed)
        pen.fault = None
        teller(PhaseStarted("b"))
        eventually(lambda: pen.written)

    assert pen.written == [phases("b")]


def test_nothing_is_written_while_or_after_the_rest_is_taken(
    teller: Teller, pen: Pen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "GATHER_SECONDS", 0.05)
    with teller:
        teller(PhaseStarted("a"))
        assert teller.rest() == phases("a")

    assert pen.written == []


def test_the_end_waits_for_no_batch(
    teller: Teller, pen: Pen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "GATHER_SECONDS", 3600)
    with teller:
        teller(PhaseStarted("a"))
        eventually(lambda: not teller._news.is_set())  # its thread is gathering
        assert teller.rest() == phases("a")

    assert pen.written == []


def test_what_went_wrong_is_logged_and_learners_hear_only_that_it_did(
    teller: Teller, caplog: pytest.LogCaptureFixture
) -> None:
    with teller:
        teller(AttemptFailed(GraderFailed("it broke in test_secret"), 1))
        teller(SearchFailed("Traceback\n  inputs.py\nKeyError: 3"))

        assert teller.rest() == [("attempt_failed", {"attempt": 1})]

    assert caplog.messages == [
        "submission 1: attempt 1 failed: it broke in test_secret",
        "submission 1: tests/inputs.py: KeyError: 3",
    ]
