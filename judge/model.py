"""The words of the judge as types: limits, facts about runs, test results, judgements."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What became of a submission or of one test; see the table in `judging.outcome`."""

    AC = "AC"
    WA = "WA"
    TLE = "TLE"
    MLE = "MLE"
    OLE = "OLE"
    RE = "RE"
    CE = "CE"
    JE = "JE"


class State(StrEnum):
    """Where a submission is."""

    QUEUED = "queued"
    JUDGING = "judging"
    JUDGED = "judged"
    CANCELLED = "cancelled"


class TestState(StrEnum):
    """Whether a test ran; one that did not has no verdict."""

    __test__ = False

    JUDGED = "judged"
    SKIPPED = "skipped"


class Exit(StrEnum):
    """How one step of a submission's process ended."""

    ANSWERED = (
        "answered"  # a complete reply arrived in time; it may say that an exception was raised
    )
    EXITED = "exited"  # the process ended by itself before answering
    SIGNALLED = "signalled"  # a signal that is not ours ended it
    STOPPED = "stopped"  # the supervisor ended it, see StopReason
    BOX_LOST = "box_lost"  # the whole box went away while user code ran


class StopReason(StrEnum):
    """Why a process was ended, or what the kernel ended it for."""

    CPU = "cpu"
    WALL = "wall"
    MEMORY = "memory"
    OUTPUT = "output"  # stdout or stderr over its cap
    VALUE = "value"  # the return value over its cap
    PROTOCOL = "protocol"  # a reply that is malformed, double, late or out of step
    QUESTIONS = "questions"  # they kept the test busy for longer than all of them may
    ANSWERS = "answers"  # what was returned kept the test busy for longer than it may be


@dataclass(frozen=True, slots=True)
class Limits:
    """What one test may use; `cpu_seconds` is the budget of all its calls together."""

    cpu_seconds: float = 4.0
    wall_seconds: float = 12.0
    memory_mib: int = 256
    import_cpu_seconds: float = 10.0
    output_kib: int = 256
    value_kib: int = 16 * 1024


@dataclass(frozen=True, slots=True)
class RunResult:
    """The facts of one step (loading the source, or one call) as the supervisor saw them."""

    exit: Exit
    stop_reason: StopReason | None = None
    exit_code: int | None = None
    signal: int | None = None
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    memory_mib: float = 0.0
    stdout: bytes = b""
    stderr: bytes = b""
    payload: bytes = b""


@dataclass(frozen=True, slots=True)
class TestResult:
    """One test of a judgement, as whoever submitted may see it."""

    __test__ = False

    name: str
    group: str
    sample: bool
    state: TestState
    verdict: Verdict | None = None
    cpu_seconds: float = 0.0
    memory_mib: float = 0.0
    message: str | None = None
    stdout: str | None = None  # samples and Run only
    round_trips: int = 0  # between grader and box; each costs about half a millisecond
    pitfall: str | None = None  # that the test is about, where it failed; see `judge pitfall`
    wall_seconds: float = 0.0  # like the limits for `judge problem check` alone, never told
    limits: Limits | None = None


@dataclass(frozen=True, slots=True)
class Counterexample:
    """A failing input, what the submission made of it and a right answer, all as text.

    The smallest that was found; `minimal` is off where the search for a smaller one was cut short.
    """

    input: str
    output: str
    expected: str | None
    minimal: bool = True


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one input of a learner's own; `refused` says why the problem forbids it."""

    output: str
    expected: str | None
    matches: bool | None
    error: str | None
    stdout: str
    cpu_seconds: float
    refused: str | None


@dataclass(frozen=True, slots=True)
class Phase:
    """A step of judging and when it began."""

    name: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome of judging one submission, complete and immutable."""

    problem: str
    problem_version: str
    image: str
    runner_version: str
    verdict: Verdict
    points: int
    max_points: int
    tests: tuple[TestResult, ...]
    message: str | None = None
    counterexample: Counterexample | None = None
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    peak_memory_mib: float = 0.0
    judging_seconds: float = 0.0
    machine: str = ""  # what it was judged on: processor, cores, kernel
    phases: tuple[Phase, ...] = field(default=())

    def with_judging_seconds(self, seconds: float) -> "Judgement":
        """Return a copy that says how long judging took, retries included."""
        return replace(self, judging_seconds=seconds)
