"""A program's limits: it ends by itself, so its figures are those that its parent was told."""

import pytest

from judge.bootstrap import LocalJudge
from judge.catalog import Problem
from judge.model import Judgement, Verdict
from tests.builders import a_problem

pytestmark = pytest.mark.docker

HIDDEN = """
def test_echoes(solution):
    assert solution.run("4").stdout.strip() == "4"
"""
HOLDS = "held = b'x' * ({mib} << 20)\nprint(input())\n"
FREES = "held = b'x' * ({mib} << 20)\ndel held\nprint(input())\n"
IN_A_CHILD = """
import os
if (child := os.fork()) == 0:
    held = b'x' * ({mib} << 20)
    os._exit(0)
os.waitpid(child, 0)
print(input())
"""


@pytest.fixture(scope="module")
def problem(tmp_path_factory: pytest.TempPathFactory) -> Problem:
    manifest = """title = "Echo"\nkind = "program"
[limits]\nmemory_mib = 64\n"""
    files = {
        "problem.toml": manifest,
        "tests/test_hidden.py": HIDDEN,
        "submissions/accepted/a.py": "print(input())\n",
    }
    return a_problem(tmp_path_factory.mktemp("bank"), files=files)


def judged(judge: LocalJudge, problem: Problem, source: str) -> Judgement:
    judgement = judge.judge(problem, source)
    assert len(judgement.tests) == 1
    return judgement


@pytest.mark.parametrize("source", [HOLDS, FREES, IN_A_CHILD], ids=["holds", "frees", "child"])
def test_memory_is_what_it_had_at_its_height(
    judge: LocalJudge, problem: Problem, source: str
) -> None:
    within = judged(judge, problem, source.format(mib=40))
    beyond = judged(judge, problem, source.format(mib=80))

    assert within.verdict is Verdict.AC, within.message
    assert 38 <= within.tests[0].memory_mib < 50
    assert beyond.verdict is Verdict.MLE, beyond.message
    assert 78 <= beyond.tests[0].memory_mib < 90


@pytest.mark.parametrize("code", ["2**200", "-(2**63) - 1", "256 + 3", "-1"])
def test_an_exit_code_of_any_size_is_one(judge: LocalJudge, problem: Problem, code: str) -> None:
    source = f"print(input(), flush=True)\nraise SystemExit({code})\n"

    assert judged(judge, problem, source).verdict is Verdict.RE
