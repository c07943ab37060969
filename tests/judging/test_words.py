"""Samples show everything; of a hidden test nothing is shown that it was given or compared with."""

import pytest

from judge.grading import Failure, FailureKind, Outcome, Report, TestInfo
from judge.grading.messages import Line, Raised
from judge.judging import words
from judge.model import Counterexample, Exit, RunResult, StopReason, Verdict
from tests.builders import a_test

SECRET = "42125"
SOURCE = "def double(n):\n    # a comment\n    raise ValueError(n)\n"


def said(
    failure: Failure,
    *,
    sample: bool,
    hint: str | None = None,
    last: RunResult | None = None,
    verdict: Verdict = Verdict.RE,
) -> str | None:
    test = TestInfo("test_x", "g", sample=sample, hint=hint)
    report = Report(Outcome.FAILED, failure)
    facts = last or RunResult(Exit.ANSWERED)
    return words.Words(SOURCE, ("pair_indices",)).message(test, report, facts, verdict)


RAISED = Raised(
    "ValueError",
    f"cannot do {SECRET}",
    (Line(3, "double", "raise ValueError(n)"),),
    ("ValueError",),
)


def test_a_sample_shows_the_difference() -> None:
    failure = Failure(FailureKind.ASSERTION, f"assert 4 == {SECRET}")

    assert said(failure, sample=True) == f"assert 4 == {SECRET}"
    assert said(failure, sample=False) == "wrong answer"


def test_a_sample_shows_the_text_of_an_exception() -> None:
    failure = Failure(FailureKind.RAISED, raised=RAISED)

    assert said(failure, sample=True) == (
        f"ValueError: cannot do {SECRET}\n  line 3 in double: raise ValueError(n)"
    )
    assert said(failure, sample=False) == "ValueError\n  line 3: raise ValueError(n)"


def test_a_warning_shows_its_text_in_a_sample_only() -> None:
    failure = Failure(FailureKind.WARNINGS, f"UserWarning: {SECRET}")

    assert SECRET in (said(failure, sample=True) or "")
    assert said(failure, sample=False) == "a warning was raised"


def test_the_authors_hint_is_shown_in_both() -> None:
    failure = Failure(FailureKind.ASSERTION, SECRET)

    assert said(failure, sample=False, hint="mind zero") == "wrong answer\nHint: mind zero"


def test_a_missing_library_is_called_by_its_name() -> None:
    described = Raised("ModuleNotFoundError", "", missing_module="sklearn.linear_model")

    text = said(Failure(FailureKind.RAISED, raised=described, loading=True), sample=False)

    assert text == "scikit-learn is not part of this problem"


def test_a_syntax_error_shows_its_line() -> None:
    described = Raised("SyntaxError", "expected ':'", syntax=(12, 8, "def f()"))

    text = said(Failure(FailureKind.RAISED, raised=described, loading=True), sample=False)

    assert text is not None
    assert text.splitlines() == [
        "SyntaxError in line 12: expected ':'",
        "  12  def f()",
        "             ^",
    ]


def test_a_missing_entry_point_is_asked_for() -> None:
    failure = Failure(FailureKind.MISSING, "pair_indices", loading=True)

    assert said(failure, sample=False) == "define `pair_indices`"


@pytest.mark.parametrize(
    ("last", "word"),
    [
        *((RunResult(Exit.STOPPED, stop_reason=r), w) for r, w in {
            StopReason.CPU: "CPU time",
            StopReason.WALL: "though it had CPU time left",
            StopReason.MEMORY: "memory",
            StopReason.OUTPUT: "printed more",
            StopReason.VALUE: "returned a value larger",
            StopReason.PROTOCOL: "descriptor",
        }.items()),
        (RunResult(Exit.EXITED, exit_code=3), "exit code 3"),
        (RunResult(Exit.SIGNALLED, signal=11), "signal 11"),
        (RunResult(Exit.BOX_LOST), "destroyed its box"),
    ],
    ids=str,
)  # fmt: skip
def test_every_end_has_its_own_words(last: RunResult, word: str) -> None:
    assert word in (said(Failure(FailureKind.STOPPED), sample=False, last=last) or "")


@pytest.mark.parametrize("kind", sorted(set(FailureKind) - {FailureKind.FAULT}))
def test_a_hidden_test_shows_nothing_of_what_its_author_sees(kind: FailureKind) -> None:
    failure = Failure(kind, detail=SECRET, raised=Raised("E", SECRET))

    assert SECRET not in (said(failure, sample=False) or "")


LONG = "the input was " + SECRET


@pytest.mark.parametrize(
    "failure",
    [
        Failure(FailureKind.RAISED, raised=Raised(LONG, "")),
        Failure(FailureKind.RAISED, raised=Raised("E", "", (Line(3, LONG, "f()"),))),
        Failure(FailureKind.RAISED, raised=Raised("E", "", (Line(3, "f", LONG),))),
        Failure(FailureKind.RAISED, raised=Raised("E", "", missing_module=LONG)),
        Failure(FailureKind.BAD_REPLY, f"a value of type {LONG} cannot be returned"),
        Failure(FailureKind.MISSING, LONG),
    ],
    ids=["type", "function", "line", "library", "value", "name"],
)
def test_a_submission_cannot_pass_on_what_a_hidden_test_gave_it(failure: Failure) -> None:
    assert SECRET not in (said(failure, sample=False) or "")


def test_what_passed_or_did_not_run_says_nothing() -> None:
    failure = Failure(FailureKind.ASSERTION, "text")

    assert said(failure, sample=True, verdict=Verdict.AC) is None


def test_figures_of_a_hidden_test_are_coarse_and_what_it_printed_is_gone() -> None:
    shown = words.hide(a_test(cpu_seconds=0.123456, memory_mib=12.3456, stdout=SECRET))

    assert (shown.cpu_seconds, shown.memory_mib, shown.stdout) == (0.12, 12.0, None)


@pytest.mark.parametrize("output", ["", "no answer"])
def test_a_counterexample_without_an_output_says_why(output: str) -> None:
    found = Counterexample("f(1)", output, "2")

    assert words.complete(found, Verdict.TLE) == Counterexample(
        "f(1)", "(no answer within the time limit)", "2"
    )
    assert words.complete(Counterexample("f(1)", "3", "2"), Verdict.TLE).output == "3"
    assert words.complete(None, Verdict.WA) is None
