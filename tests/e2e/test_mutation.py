"""Mutants judged for real: killed, looping, suspected, told apart on other inputs, remembered."""

import json
from pathlib import Path

import pytest

from judge.engine.client import Engine
from tests.builders import a_package
from tests.e2e.commands import INPUTS, run_judge

pytestmark = [pytest.mark.docker, pytest.mark.slow]

REFERENCE = """\
def double(n):
    total = 0
    while total < 2 * n:
        total += 2
    return total if n < 900 else 2 * n
"""
TESTS = """\
def test_known(solution):
    assert [solution.double(n) for n in range(9)] == [*range(0, 18, 2)]
"""


@pytest.fixture
def package(tmp_path: Path, engine: Engine) -> Path:
    files = {
        "tests/test_hidden.py": TESTS,
        "tests/inputs.py": INPUTS,
        "submissions/accepted/a.py": REFERENCE,
    }
    return a_package(tmp_path / "bank", files=files)


def test_every_fate_for_real(package: Path, tmp_path: Path) -> None:
    data = {"JUDGE_DATA": str(tmp_path / "data")}
    done = run_judge("problem", "mutate", package, "--json", **data)
    said = json.loads(done.stdout)
    fates = {one["after"]: (one["fate"], one["words"]) for one in said["mutants"]}

    assert fates["total -= 2"] == ("killed", "TLE hidden/01")
    assert fates["while total < 2 / n:"] == ("killed", "RE hidden/01")
    assert fates["total += 3"] == ("killed", "WA hidden/01")
    assert fates["return total if n <= 900 else 2 * n"][0] == "equivalent suspect"
    assert fates["return total if n < 900 else 3 * n"][0] == "survived"
    assert done.returncode == 1

    again = run_judge("problem", "mutate", package, "--json", **data)
    repeated = json.loads(again.stdout)
    assert repeated["mutants"] == said["mutants"]
    assert repeated["seconds"] < said["seconds"] / 2
