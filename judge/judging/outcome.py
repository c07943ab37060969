"""The verdict table: facts of a run and a test's report in, a verdict out. There is no other."""

from judge.errors import TestFault
from judge.grading import Failure, FailureKind, Outcome, Report
from judge.model import Exit, RunResult, StopReason, Verdict

# What stopped the process decides before anything the test has to say.
BY_STOP_REASON: dict[StopReason, Verdict] = {
    StopReason.CPU: Verdict.TLE,
    StopReason.WALL: Verdict.TLE,
    StopReason.QUESTIONS: Verdict.TLE,
    StopReason.ANSWERS: Verdict.TLE,
    StopReason.MEMORY: Verdict.MLE,
    StopReason.OUTPUT: Verdict.OLE,
    StopReason.VALUE: Verdict.OLE,
    StopReason.PROTOCOL: Verdict.RE,
}
BY_EXIT: dict[Exit, Verdict] = {
    Exit.EXITED: Verdict.RE,
    Exit.SIGNALLED: Verdict.RE,
    Exit.BOX_LOST: Verdict.RE,
}
BY_FAILURE: dict[FailureKind, Verdict] = {
    FailureKind.ASSERTION: Verdict.WA,
    FailureKind.CHECK_FAILED: Verdict.WA,
    FailureKind.UNSTABLE: Verdict.WA,
    FailureKind.WARNINGS: Verdict.WA,
    FailureKind.RAISED: Verdict.RE,
    FailureKind.BAD_REPLY: Verdict.RE,
    FailureKind.MISSING: Verdict.CE,
}


def verdict_of(report: Report, last: RunResult) -> Verdict | None:
    """Return the verdict of one test from its report and the facts of the last step it took.

    None for a test that was passed over. Raises LookupError for a report that the facts do not
    bear out, which only a broken grader makes; a `fault` must have been dealt with before.
    """
    match report.outcome:
        case Outcome.SKIPPED:
            return None
        case Outcome.PASSED:
            return Verdict.AC
        case Outcome.FAILED:
            return _of_failure(report.failure, last)


def _of_failure(failure: Failure | None, last: RunResult) -> Verdict:
    if failure is None:
        raise LookupError("a failed test without a failure")
    if failure.kind is FailureKind.STOPPED:
        return _of_end(last)
    if failure.raised is not None and failure.kind is FailureKind.RAISED:
        if "MemoryError" in failure.raised.builtins:
            return Verdict.MLE
        if failure.loading and failure.raised.syntax is not None:
            return Verdict.CE
    return BY_FAILURE[failure.kind]


def _of_end(last: RunResult) -> Verdict:
    if last.exit is Exit.STOPPED and last.stop_reason is not None:
        return BY_STOP_REASON[last.stop_reason]
    return BY_EXIT[last.exit]


def require_no_fault(report: Report, problem: str, test: str) -> None:
    """Raise TestFault when the test itself is to blame."""
    if report.failure is not None and report.failure.kind is FailureKind.FAULT:
        raise TestFault(problem, test, report.failure.detail or report.failure.text)
