"""`judge problem check` asks the search what it thinks of right answers."""

from pathlib import Path

import pytest

from judge.bootstrap import LocalJudge
from judge.judging.check import CheckReport, check_problem
from tests.builders import HIDDEN, SOURCE, a_problem

pytestmark = pytest.mark.docker

STRATEGY = (
    "from hypothesis import strategies as st\ndef strategy(): return st.tuples(st.integers())\n"
)
AS_FLOAT = "def double(n):\n    return 2 * n + 0.0\n"
WRONG = "def double(n):\n    return n + 1 if n else None\n"


def checked(judge: LocalJudge, folder: Path, inputs: str) -> CheckReport:
    files = {
        "problem.toml": 'title = "Double"\nentry = "def double(n: int) -> int"\n',
        "tests/test_hidden.py": HIDDEN,
        "tests/inputs.py": STRATEGY + inputs,
        "submissions/accepted/a.py": SOURCE,
        "submissions/accepted/b.py": AS_FLOAT,
        "submissions/wrong_answer/c.py": WRONG,
    }
    return check_problem(judge, a_problem(folder, files=files))


def test_what_the_tests_accept_the_search_must_accept(judge: LocalJudge, tmp_path: Path) -> None:
    assert checked(judge, tmp_path / "lax", "").complaints == ()

    strict = "def compare(found, right, n): assert type(found) is type(right)\n"
    [complaint] = checked(judge, tmp_path / "strict", strict).complaints
    assert complaint.startswith(
        "accepted/b.py is right, but tests/inputs.py refuses its answer 0.0"
    )


def test_inputs_that_raise_are_at_fault(judge: LocalJudge, tmp_path: Path) -> None:
    asks = "def ask(solution, n): return solution.halve(n)\n"

    [complaint] = checked(judge, tmp_path / "asks", asks).complaints

    assert complaint.startswith("tests/inputs.py is at fault")
    assert "halve" in complaint
