"""What a grader says, as types."""

from dataclasses import dataclass, field
from enum import StrEnum

from judge.model import Counterexample


class Outcome(StrEnum):
    """How a test ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


class FailureKind(StrEnum):
    """Why a test failed; the names say whose fault it is."""

    ASSERTION = "assertion"  # the test refused what the submission returned
    CHECK_FAILED = (
        "check_failed"  # what it returned made the test stumble; the reference's does not
    )
    UNSTABLE = "unstable"  # different answers to equal input
    WARNINGS = "warnings"  # a Python warning where none is allowed
    RAISED = "raised"  # an exception of the submission that the test did not expect
    BAD_REPLY = "bad_reply"  # a value that cannot cross
    MISSING = "missing"  # a name the problem asks for
    STOPPED = "stopped"  # the process is gone; the facts say why
    FAULT = "fault"  # the test's own; the reference stumbles too


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the submission that an exception passed through."""

    number: int
    function: str
    text: str


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception of the submission as the box described it: hostile text."""

    type: str
    text: str
    lines: tuple[Line, ...] = ()
    builtins: tuple[str, ...] = ()
    missing_module: str | None = None
    syntax: tuple[int, int, str] | None = None  # line, column, source line


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a test failed; `detail` is for the author, `loading` says that no test ran yet."""

    kind: FailureKind
    text: str = ""
    detail: str = ""
    raised: Raised | None = None
    loading: bool = False


@dataclass(frozen=True, slots=True)
class TestLimits:
    """What a test's own marker says of its limits."""

    __test__ = False

    cpu_seconds: float | None = None
    wall_seconds: float | None = None
    memory_mib: int | None = None


@dataclass(frozen=True, slots=True)
class TestInfo:
    """A test before it runs."""

    __test__ = False

    name: str
    group: str
    sample: bool
    points: int = 0
    hint: str | None = None
    title: str | None = None
    limits: TestLimits = field(default_factory=TestLimits)
    pitfall: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A test after it ran."""

    outcome: Outcome
    failure: Failure | None = None
    counterexample: Counterexample | None = None


@dataclass(frozen=True, slots=True)
class Collected:
    """These tests were found and will run in this order."""

    tests: tuple[TestInfo, ...]


@dataclass(frozen=True, slots=True)
class Began:
    """A test wants a fresh process; it is told how loading went with its first call."""

    test: TestInfo


@dataclass(frozen=True, slots=True)
class Waiting:
    """The test that began wants to hear how loading went before it goes on, or called nothing."""


@dataclass(frozen=True, slots=True)
class Called:
    """A test calls the submission."""

    request: bytes


@dataclass(frozen=True, slots=True)
class ProgramCalled:
    """A test runs the submission as a program."""

    stdin: bytes
    argv: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A test answers a question of the submission."""

    payload: bytes


@dataclass(frozen=True, slots=True)
class Ended:
    """A test ended."""

    report: Report


@dataclass(frozen=True, slots=True)
class Searching:
    """A test failed; a fresh process is wanted, to look for the smallest input that does."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the search found; `trouble` is the package's own fault, for its author."""

    counterexample: Counterexample | None
    hint: str | None
    trouble: str | None


@dataclass(frozen=True, slots=True)
class Tried:
    """A learner's own input was tried."""

    output: str | None
    expected: str | None
    refused: str | None
    failure: Failure | None


@dataclass(frozen=True, slots=True)
class Done:
    """Everything ran."""


Message = (
    Collected
    | Began
    | Waiting
    | Called
    | ProgramCalled
    | Answered
    | Ended
    | Searching
    | Found
    | Tried
    | Done
)
