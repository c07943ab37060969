"""Which failing input is shown in the end, and when a hint joins the message."""

import pytest

from judge.grading import Found
from judge.judging.example import Example, is_searchable
from judge.model import Counterexample, TestResult, TestState, Verdict

OF_SAMPLE = Counterexample("f(1)", "0", "1", minimal=False)
SHRUNK = Counterexample("f(0)", "1", "0")
SEARCHED = Counterexample("f(2)", "1", "2")
CUT_SHORT = Counterexample("f(9)", "1", "9", minimal=False)


def result(verdict: Verdict | None) -> TestResult:
    return TestResult("a", "g", sample=False, state=TestState.JUDGED, verdict=verdict)


@pytest.mark.parametrize(
    ("sample", "hidden", "searched", "shown"),
    [
        (OF_SAMPLE, SHRUNK, None, SHRUNK),
        (OF_SAMPLE, None, SEARCHED, SEARCHED),
        (OF_SAMPLE, None, None, OF_SAMPLE),
        (None, SHRUNK, SEARCHED, SHRUNK),
        (None, CUT_SHORT, SEARCHED, SEARCHED),
        (None, None, CUT_SHORT, CUT_SHORT),
    ],
)
def test_the_smallest_one_is_shown(
    sample: Counterexample | None,
    hidden: Counterexample | None,
    searched: Counterexample | None,
    shown: Counterexample,
) -> None:
    example = Example(shown=True)

    example.keep(sample, Verdict.WA, sample=True)
    example.keep(hidden, Verdict.WA, sample=False)
    example.found(Found(searched, None, None))

    assert example.counterexample == shown


def test_a_problem_that_shows_no_inputs_shows_those_of_its_samples() -> None:
    example = Example(shown=False)

    example.keep(SHRUNK, Verdict.WA, sample=False)
    example.found(Found(SEARCHED, "forgets zero", None))
    assert example.counterexample is None

    example.keep(OF_SAMPLE, Verdict.WA, sample=True)
    assert example.counterexample == OF_SAMPLE
    assert "forgets zero" in str(example.hinted("wrong answer"))


def test_a_hint_needs_a_message() -> None:
    example = Example(shown=True)
    assert example.hinted("wrong answer") == "wrong answer"

    example.found(Found(None, "forgets zero", None))
    assert example.hinted(None) is None


@pytest.mark.parametrize(
    ("verdicts", "searchable"),
    [
        ([Verdict.AC, Verdict.WA, Verdict.TLE], True),
        ([Verdict.RE], True),
        ([Verdict.TLE, Verdict.WA], False),
        ([Verdict.MLE], False),
        ([Verdict.AC, None], False),
        ([], False),
    ],
)
def test_a_search_follows_what_was_wrong_first(
    verdicts: list[Verdict | None], searchable: bool
) -> None:
    assert is_searchable([result(verdict) for verdict in verdicts]) is searchable
