"""What is returned may keep a test busy: then the submission is charged, not the test or us."""

import time
from pathlib import Path

import pytest

from judge.bootstrap import LocalJudge
from judge.catalog import Problem
from judge.grading import docker
from judge.model import Verdict
from tests.builders import a_problem

pytestmark = pytest.mark.docker

SECONDS = 4.0
HASHES = """
def test_first(solution):
    assert solution.double(2) == 4

def test_hashes_what_it_was_given(solution):
    assert len(set(solution.double([0]))) == 1

def test_afterwards(solution):
    assert solution.double(3) == 6
"""
WALKS = """
import numpy as np

def test_makes_an_array_of_what_it_was_given(solution):
    assert np.asarray(solution.double(2)).sum() == 4
"""
SLEEPS = """
import time
import pytest

@pytest.mark.parametrize("n", range(4))
def test_sleeps_as_it_is_told(solution, n):
    time.sleep(solution.double(n) - 2 * n)
"""
LATE = f"def double(n):\n    return 2 * n + {SECONDS * 0.4}\n"
COLLIDES = """
def double(n):
    if isinstance(n, list) and len(n) == 1:
        return [k * (2**61 - 1) for k in range(150_000)]
    return 2 * n
"""
WALKED = """
class Nest:
    def __len__(self):
        return 2
    def __getitem__(self, at):
        return self

def double(n):
    return Nest()
"""
ACCEPTED = "def double(n):\n    return n * 2\n"


def hostile(tmp_path: Path, tests: str) -> Problem:
    limits = "[limits]\ncpu_seconds = 8\nwall_seconds = 20\n"
    return a_problem(
        tmp_path,
        files={
            "problem.toml": f'title = "D"\nentry = "def double(n: int) -> int"\n{limits}',
            "tests/test_hidden.py": tests,
        },
    )


def test_nor_can_it_be_a_little_busy_in_many_tests(
    judge: LocalJudge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docker, "ALL_THINKING_SECONDS", SECONDS)

    judgement = judge.judge(hostile(tmp_path, SLEEPS), LATE)

    verdicts = [test.verdict for test in judgement.tests]
    assert verdicts == [Verdict.AC, Verdict.AC, Verdict.TLE, None]


def test_tests_that_are_slow_with_the_reference_are_at_fault(
    judge: LocalJudge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docker, "ALL_THINKING_SECONDS", SECONDS)
    slow = SLEEPS.replace("- 2 * n", f"- 2 * n + {SECONDS * 0.4}")

    assert judge.judge(hostile(tmp_path, slow), ACCEPTED).verdict is Verdict.JE


@pytest.mark.parametrize(
    ("tests", "source"), [(HASHES, COLLIDES), (WALKS, WALKED)], ids=["colliding", "endless"]
)
def test_it_is_the_submission_that_pays(
    judge: LocalJudge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tests: str, source: str
) -> None:
    monkeypatch.setattr(docker, "THINKING_SECONDS", SECONDS)
    problem = hostile(tmp_path, tests)
    began = time.monotonic()

    judgement = judge.judge(problem, source)

    assert judgement.verdict is Verdict.TLE, judgement.message
    assert "keeps the test busy" in str(judgement.message)
    assert time.monotonic() - began < 2 * (SECONDS + 20) + 20
    assert judge.judge(problem, ACCEPTED).verdict is Verdict.AC
