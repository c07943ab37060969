"""Judges small packages for real, each in a folder of its own."""

import itertools
from pathlib import Path

import pytest

from judge.bootstrap import LocalJudge
from judge.model import Judgement
from tests.builders import a_problem
from tests.testing.graded import LIMITS, RIGHT, Grade


@pytest.fixture
def grade(judge: LocalJudge, tmp_path: Path) -> Grade:
    numbers = itertools.count()

    def grade(tests: str, source: str = RIGHT, **files: str) -> Judgement:
        manifest = f'title = "t"\nentry = "{files.pop("entry", "double")}"\n{LIMITS}'
        renamed = {name.replace("__", "/") + ".py": text for name, text in files.items()}
        package = {
            "problem.toml": manifest + renamed.pop("manifest.py", ""),
            "tests/test_hidden.py": tests,
            **renamed,
        }
        return judge.judge(a_problem(tmp_path / str(next(numbers)), files=package), source)

    return grade
