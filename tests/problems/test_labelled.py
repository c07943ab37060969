"""Every labelled submission of every problem gets the verdict that its folder promises."""

from pathlib import Path

import pytest

from judge.bootstrap import LocalJudge
from judge.catalog import Catalog, Labelled, Problem
from judge.judging.check import disagreements

pytestmark = pytest.mark.docker

BUNDLED = Path(__file__).resolve().parents[2] / "problems"
SUBMISSIONS = [
    pytest.param(problem, labelled, id=f"{problem.slug}/{labelled.name}")
    for problem in Catalog([BUNDLED])
    for labelled in problem.submissions
]


@pytest.mark.parametrize(("problem", "labelled"), SUBMISSIONS)
def test_submission(judge: LocalJudge, problem: Problem, labelled: Labelled) -> None:
    judgement = judge.judge(problem, labelled.source)

    assert disagreements(labelled, judgement) == ()
