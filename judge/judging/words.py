"""Every text about a verdict that a contestant can see, and what of it they may see.

Samples show everything. Of a hidden test: its name, the verdict, the author's hint, the builtin
type of an exception and a few of the learner's own lines. A submission has seen the hidden input,
so nothing it can write is passed on: no text, no name of its own, and lines as it was submitted.
"""

import builtins
from dataclasses import dataclass, replace

from judge.grading import Failure, FailureKind, Report, TestInfo
from judge.grading.messages import Line, Raised
from judge.model import Counterexample, Exit, RunResult, StopReason, TestResult, Verdict

DISTRIBUTIONS = {
    "sklearn": "scikit-learn", "torch": "PyTorch", "cv2": "OpenCV", "PIL": "Pillow",
    "bs4": "Beautiful Soup", "yaml": "PyYAML", "tensorflow": "TensorFlow",
}  # fmt: skip
STOPPED = {
    StopReason.CPU: "used up its CPU time",
    StopReason.WALL: "took too long by the clock, though it had CPU time left",
    StopReason.MEMORY: "used more memory than it may",
    StopReason.OUTPUT: "printed more than it may",
    StopReason.VALUE: "returned a value larger than it may",
    StopReason.QUESTIONS: "asked the test's objects for longer than it may",
    StopReason.ANSWERS: "returned something that keeps the test busy for more than a minute",
    StopReason.PROTOCOL: "spoke out of turn: it wrote to a descriptor that is not its own, closed "
    "it, or used the test's objects in a thread or a child",
}
USED_UP = "your program used up the time that all tests together may use"
FAILED = {
    FailureKind.ASSERTION: "wrong answer",
    FailureKind.CHECK_FAILED: "your return value made the check fail: "
    "compare its type and shape with the statement",
    FailureKind.UNSTABLE: "different answers to the same input: not deterministic",
    FailureKind.WARNINGS: "a warning was raised",
    FailureKind.RAISED: "an exception was raised",
    FailureKind.BAD_REPLY: "what was returned, or asked, cannot leave its box: use plain data "
    "(numbers, text, lists, tuples, dicts, sets, arrays)",
    FailureKind.MISSING: "a name that the problem asks for is not defined",
}
# `{}` stands for the failure's own text.
FAILED_OPENLY = {
    FailureKind.ASSERTION: "{}",
    FailureKind.WARNINGS: "a warning was raised: {}",
    FailureKind.BAD_REPLY: "{}",
    FailureKind.MISSING: "define `{}`",
}
MAX_HIDDEN_LINES = 1  # each is a number that the submission can choose
OUTPUT_WORDS = {
    Verdict.TLE: "no answer within the time limit",
    Verdict.MLE: "no answer within the memory limit",
    Verdict.OLE: "too much output",
    Verdict.RE: "no answer",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What is said about one submission's failures."""

    source: str
    entry: tuple[str, ...]

    def message(
        self, test: TestInfo, report: Report, last: RunResult, verdict: Verdict | None
    ) -> str | None:
        """Return what is said of a test that did not pass; None for one that did."""
        failure = report.failure
        if failure is None or verdict is None or verdict is Verdict.AC:
            return None
        text = self.failure(failure, last, open_book=test.sample or failure.loading)
        return text if test.hint is None else f"{text}\nHint: {test.hint}"

    def failure(self, failure: Failure, last: RunResult, *, open_book: bool) -> str:
        """Return why a test failed; what the submission says only where nothing is hidden."""
        if failure.kind is FailureKind.STOPPED:
            return end_text(last, loading=failure.loading)
        if failure.kind is FailureKind.RAISED and failure.raised is not None:
            return self._raised(failure.raised, open_book=open_book, loading=failure.loading)
        if failure.kind is FailureKind.MISSING and failure.text in self.entry:
            return FAILED_OPENLY[failure.kind].format(failure.text)
        if open_book and failure.text and failure.kind in FAILED_OPENLY:
            return FAILED_OPENLY[failure.kind].format(failure.text)
        return FAILED[failure.kind]

    def _raised(self, raised: Raised, *, open_book: bool, loading: bool) -> str:
        if raised.missing_module is not None:
            name = library_name(raised.missing_module) if open_book else "a library you import"
            return f"{name} is not part of this problem"
        if loading and raised.syntax is not None:
            line, column, source = raised.syntax
            pointer = " " * (len(str(line)) + 2 + max(0, column - 1)) + "^"
            return f"{raised.type} in line {line}: {raised.text}\n  {line}  {source}\n  {pointer}"
        if raised.type == "exit":
            return raised.text if open_book else "the program ended with an exit code other than 0"
        if not open_book:
            return "\n".join([builtin_name(raised), *self._own_lines(raised.lines)])
        text = f"{raised.type}: {raised.text}" if raised.text else raised.type
        where = [f"  line {line.number} in {line.function}: {line.text}" for line in raised.lines]
        return "\n".join([text, *where])

    def _own_lines(self, lines: tuple[Line, ...]) -> list[str]:
        source = self.source.splitlines()
        numbers = [line.number for line in lines if 0 < line.number <= len(source)]
        return [
            f"  line {number}: {source[number - 1].strip()[:200]}"
            for number in dict.fromkeys(numbers[-MAX_HIDDEN_LINES:])
        ]


def builtin_name(raised: Raised) -> str:
    """Return the nearest builtin type of an exception: a name the submission did not choose."""
    for name in raised.builtins:
        kind = getattr(builtins, name, None)
        if isinstance(kind, type) and issubclass(kind, BaseException):
            return name
    return "Exception"


def library_name(module: str) -> str:
    """Return the name a library is known by, from the module that could not be imported."""
    top = module.partition(".")[0]
    return DISTRIBUTIONS.get(top, top)


def hide(result: TestResult) -> TestResult:
    """Return a hidden test's result as it may be shown: coarse figures, nothing printed."""
    return replace(
        result,
        cpu_seconds=round(result.cpu_seconds, 2),
        memory_mib=float(round(result.memory_mib)),
        stdout=None,
    )


def complete(shown: Counterexample | None, verdict: Verdict | None) -> Counterexample | None:
    """Return a counterexample whose output says what became of it where there is none."""
    if shown is None or verdict is None or shown.output not in {"", "no answer"}:
        return shown
    return replace(shown, output=f"({OUTPUT_WORDS.get(verdict, 'nothing')})")


def end_text(last: RunResult, *, loading: bool) -> str:
    """Return how the process ended that was to answer."""
    subject = "loading your file" if loading else "your program"
    match last.exit:
        case Exit.STOPPED if last.stop_reason is not None:
            return f"{subject} {STOPPED[last.stop_reason]}"
        case Exit.EXITED:
            return f"{subject} ended with exit code {last.exit_code} before it answered"
        case Exit.SIGNALLED:
            return f"{subject} was ended by signal {last.signal}"
        case Exit.BOX_LOST:
            return "your program destroyed its box"
        case Exit.STOPPED | Exit.ANSWERED:
            return f"{subject} stopped"
