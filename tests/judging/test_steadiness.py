"""What is held against a reference that was asked the same twice."""

import pytest

from judge.judging.steadiness import answers_differ
from judge.model import Verdict
from tests.builders import a_judgement, a_test


@pytest.mark.parametrize("verdict", [Verdict.TLE, Verdict.MLE, Verdict.OLE, Verdict.AC, None])
def test_what_uses_up_a_limit_has_not_answered_in_two_ways(verdict: Verdict | None) -> None:
    judgement = a_judgement(tests=(a_test("test_again", verdict),))

    assert list(answers_differ(judgement)) == []


@pytest.mark.parametrize("verdict", [Verdict.WA, Verdict.RE])
def test_another_answer_is_told(verdict: Verdict) -> None:
    failed = a_test("test_again", verdict, message="Failed: 1, then 2 for 3\nmore")

    [complaint] = answers_differ(a_judgement(tests=(failed,)))

    assert complaint.startswith("the reference is not deterministic: it answers 1, then 2 for 3;")
