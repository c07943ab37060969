"""Every text about a verdict that a contestant can see, and what of it they may see.

Samples show everything. Of a hidden test: its name, the verdict, the author's hint, the type of an
exception and the learner's own line numbers; no values, no exception text, nothing printed.
"""

from dataclasses import replace

from judge.grading import Failure, FailureKind, Report, TestInfo
from judge.grading.messages import Raised
from judge.judging.relay import Relay
from judge.model import Counterexample, Exit, RunResult, StopReason, TestResult, Verdict

DISTRIBUTIONS = {
    "sklearn": "scikit-learn", "torch": "PyTorch", "cv2": "OpenCV", "PIL": "Pillow",
    "bs4": "Beautiful Soup", "yaml": "PyYAML", "tensorflow": "TensorFlow",
}  # fmt: skip
STOPPED = {
    StopReason.CPU: "used up its CPU time",
    StopReason.WALL: "took too long: it waited rather than worked",
    StopReason.MEMORY: "used more memory than it may",
    StopReason.OUTPUT: "printed more than it may",
    StopReason.VALUE: "returned a value larger than it may",
    StopReason.PROTOCOL: "wrote to a descriptor that is not its own, or closed it",
}
# `{}` stands for the failure's own text.
FAILED = {
    FailureKind.MISSING: "define `{}`",
    FailureKind.BAD_REPLY: "{}",
    FailureKind.CHECK_FAILED: "your return value made the check fail: "
    "compare its type and shape with the statement",
    FailureKind.UNSTABLE: "different answers to the same input: not deterministic",
    FailureKind.WARNINGS: "a warning was raised",
}
FAILED_OPENLY = FAILED | {FailureKind.WARNINGS: "a warning was raised: {}"}
OUTPUT_WORDS = {
    Verdict.TLE: "no answer within the time limit",
    Verdict.MLE: "no answer within the memory limit",
    Verdict.OLE: "too much output",
    Verdict.RE: "no answer",
}


def message(test: TestInfo, report: Report, relay: Relay, verdict: Verdict | None) -> str | None:
    """Return what is said of a test that did not pass; None for one that did."""
    failure = report.failure
    if failure is None or verdict is None or verdict is Verdict.AC:
        return None
    open_book = test.sample or failure.loading
    parts = [failure_text(failure, relay.last, open_book=open_book)]
    if test.hint is not None:
        parts.append(f"Hint: {test.hint}")
    return "\n".join(part for part in parts if part)


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


def failure_text(failure: Failure, last: RunResult, *, open_book: bool) -> str:
    """Return why a test failed; the values it compared only where nothing is hidden."""
    if failure.kind is FailureKind.STOPPED:
        return end_text(last, loading=failure.loading)
    if failure.kind is FailureKind.RAISED and failure.raised is not None:
        return raised_text(failure.raised, open_book=open_book, loading=failure.loading)
    texts = FAILED_OPENLY if open_book else FAILED
    if failure.kind in texts:
        return texts[failure.kind].format(failure.text)
    return (failure.text or "wrong answer") if open_book else "wrong answer"


def raised_text(raised: Raised, *, open_book: bool, loading: bool = False) -> str:
    """Return an exception with the learner's own lines; its text only where nothing is hidden."""
    if raised.missing_module is not None:
        return f"{library_name(raised.missing_module)} is not part of this problem"
    if loading and raised.syntax is not None:
        line, column, source = raised.syntax
        pointer = " " * (len(str(line)) + 2 + max(0, column - 1)) + "^"
        return f"{raised.type} in line {line}: {raised.text}\n  {line}  {source}\n  {pointer}"
    text = f"{raised.type}: {raised.text}" if open_book and raised.text else raised.type
    where = [f"  line {line.number} in {line.function}: {line.text}" for line in raised.lines]
    return "\n".join([text, *where])


def library_name(module: str) -> str:
    """Return the name a library is known by, from the module that could not be imported."""
    top = module.partition(".")[0]
    return DISTRIBUTIONS.get(top, top)


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
