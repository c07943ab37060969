"""Every program in a folder named after a verdict gets that verdict, and the next test is unharmed.

A program misbehaves in the hidden test `attack`. `# afterwards: skipped` in its first line says
that the test after it does not run; otherwise that one must be AC: a fresh process in a clean box.
"""

from pathlib import Path

import pytest

from judge.bootstrap import LocalJudge
from judge.catalog import Problem, load_problem
from judge.catalog.labelled import VERDICT_FOLDERS
from judge.model import Verdict

pytestmark = pytest.mark.docker

HERE = Path(__file__).resolve().parent
PROGRAMS = sorted(HERE.glob("*/*.py"))


@pytest.fixture(scope="module")
def problem() -> Problem:
    return load_problem(HERE / "package")


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_program(judge: LocalJudge, problem: Problem, program: Path) -> None:
    source = program.read_text()

    judgement = judge.judge(problem, source)

    verdicts = {test.group: test.verdict for test in judgement.tests}
    assert judgement.verdict is VERDICT_FOLDERS[program.parent.name], judgement.message
    skipped = source.startswith("# afterwards: skipped")
    assert verdicts["afterwards"] is (None if skipped else Verdict.AC)
    assert judgement.message is None or len(judgement.message) < 10_000
