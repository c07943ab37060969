"""The verdict table, one row a verdict: facts and a test's report in, a verdict out."""

import pytest

from judge.errors import TestFault
from judge.grading import Failure, FailureKind, Outcome, Report
from judge.grading.messages import Raised
from judge.judging.outcome import require_no_fault, verdict_of
from judge.model import Exit, RunResult, StopReason, Verdict

ANSWERED = RunResult(Exit.ANSWERED)
STOPPED = Report(Outcome.FAILED, Failure(FailureKind.STOPPED))


def failed(kind: FailureKind) -> Report:
    return Report(Outcome.FAILED, Failure(kind))


def raised(*builtins: str, loading: bool = False, syntax: bool = False) -> Report:
    described = Raised(
        builtins[0], "", builtins=builtins, syntax=(1, 1, "def f(:") if syntax else None
    )
    return Report(Outcome.FAILED, Failure(FailureKind.RAISED, raised=described, loading=loading))


def stopped(reason: StopReason) -> RunResult:
    return RunResult(Exit.STOPPED, stop_reason=reason)


TABLE = {
    "passed": (Report(Outcome.PASSED), ANSWERED, Verdict.AC),
    "assertion": (failed(FailureKind.ASSERTION), ANSWERED, Verdict.WA),
    "made the check fail": (failed(FailureKind.CHECK_FAILED), ANSWERED, Verdict.WA),
    "not deterministic": (failed(FailureKind.UNSTABLE), ANSWERED, Verdict.WA),
    "a warning": (failed(FailureKind.WARNINGS), ANSWERED, Verdict.WA),
    "CPU limit": (STOPPED, stopped(StopReason.CPU), Verdict.TLE),
    "wall limit": (STOPPED, stopped(StopReason.WALL), Verdict.TLE),
    "too many questions": (STOPPED, stopped(StopReason.QUESTIONS), Verdict.TLE),
    "an endless answer": (STOPPED, stopped(StopReason.ANSWERS), Verdict.TLE),
    "out of memory": (STOPPED, stopped(StopReason.MEMORY), Verdict.MLE),
    "MemoryError": (raised("MemoryError", "Exception"), ANSWERED, Verdict.MLE),
    "own MemoryError": (raised("Own", "MemoryError"), ANSWERED, Verdict.MLE),
    "printed too much": (STOPPED, stopped(StopReason.OUTPUT), Verdict.OLE),
    "returned too much": (STOPPED, stopped(StopReason.VALUE), Verdict.OLE),
    "forged frames": (STOPPED, stopped(StopReason.PROTOCOL), Verdict.RE),
    "exit before an answer": (STOPPED, RunResult(Exit.EXITED, exit_code=0), Verdict.RE),
    "signal": (STOPPED, RunResult(Exit.SIGNALLED, signal=11), Verdict.RE),
    "box destroyed": (STOPPED, RunResult(Exit.BOX_LOST), Verdict.RE),
    "exception": (raised("ValueError", "Exception"), ANSWERED, Verdict.RE),
    "exception at import": (raised("NameError", loading=True), ANSWERED, Verdict.RE),
    "value that cannot cross": (failed(FailureKind.BAD_REPLY), ANSWERED, Verdict.RE),
    "syntax error": (raised("SyntaxError", loading=True, syntax=True), ANSWERED, Verdict.CE),
    "syntax error at run time": (raised("SyntaxError", syntax=True), ANSWERED, Verdict.RE),
    "another file's syntax error": (raised("SyntaxError", loading=True), ANSWERED, Verdict.RE),
    "missing entry point": (failed(FailureKind.MISSING), ANSWERED, Verdict.CE),
    "passed over": (Report(Outcome.SKIPPED), ANSWERED, None),
}


@pytest.mark.parametrize(("report", "last", "verdict"), TABLE.values(), ids=TABLE)
def test_verdict(report: Report, last: RunResult, verdict: Verdict | None) -> None:
    assert verdict_of(report, last) is verdict


def test_the_table_leaves_nothing_out() -> None:
    kinds = {row[0].failure.kind for row in TABLE.values() if row[0].failure is not None}
    verdicts = {verdict for _, _, verdict in TABLE.values()}

    assert kinds == set(FailureKind) - {FailureKind.FAULT}
    assert {last.stop_reason for _, last, _ in TABLE.values()} >= set(StopReason)
    assert verdicts - {None} == set(Verdict) - {Verdict.JE}


@pytest.mark.parametrize(
    ("report", "last"),
    [
        (Report(Outcome.FAILED), ANSWERED),
        (STOPPED, ANSWERED),
        (failed(FailureKind.FAULT), ANSWERED),
    ],
    ids=["no failure", "stopped, says the test; answered, say the facts", "a fault"],
)
def test_a_report_that_the_facts_do_not_bear_out_gets_no_verdict(
    report: Report, last: RunResult
) -> None:
    with pytest.raises(LookupError):
        verdict_of(report, last)


def test_a_fault_of_the_test_is_nobodys_verdict() -> None:
    report = Report(Outcome.FAILED, Failure(FailureKind.FAULT, detail="test_hidden.py:3"))

    with pytest.raises(TestFault, match=r"double.*test_a.*\n.*hidden.py:3"):
        require_no_fault(report, "double", "test_a")
    require_no_fault(failed(FailureKind.ASSERTION), "double", "test_a")
