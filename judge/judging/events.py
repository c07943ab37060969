"""What can be heard of a judging while it goes on."""

from collections.abc import Callable
from dataclasses import dataclass

from judge.errors import InfrastructureError
from judge.model import TestResult


@dataclass(frozen=True, slots=True)
class PhaseStarted:
    """A step of judging began: `image`, `grader`, `box`, `tests`, `example`."""

    name: str


@dataclass(frozen=True, slots=True)
class TestsCollected:
    """So many tests are known by now."""

    __test__ = False

    total: int


@dataclass(frozen=True, slots=True)
class TestEnded:
    """A test ended, or was passed over; `index` counts from 0 in the order of running."""

    __test__ = False

    result: TestResult
    index: int


@dataclass(frozen=True, slots=True)
class AttemptFailed:
    """The judge failed, not the contestant; it tries again or ends in JE."""

    error: InfrastructureError
    attempt: int


@dataclass(frozen=True, slots=True)
class SearchFailed:
    """The package's own code stumbled in the search for an example; its author ought to know."""

    trouble: str


Event = PhaseStarted | TestsCollected | TestEnded | AttemptFailed | SearchFailed
Listener = Callable[[Event], None]


def nobody(_event: Event) -> None:
    """Listen to nothing."""
