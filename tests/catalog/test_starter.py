"""The file a learner begins with is always valid Python."""

import ast
from pathlib import Path

import pytest

from judge.catalog import starter_text
from tests.builders import a_problem


@pytest.mark.parametrize(
    ("manifest", "first"),
    [
        ('entry = "def f(x: int) -> int"', "def f(x: int) -> int:"),
        ('entry = "def f(x: int): ..."', "def f(x: int):"),
        ('entry = "f"', "def f():"),
        ('entry = ["class A", "def f()"]', "class A:"),
        ('entry = "class A: get(self); put(self)"', "class A:"),
        ('kind = "estimator"\nentry = "Model"', "class Model:"),
        ('kind = "program"', '"""Read standard input, write the answer to standard output."""'),
    ],
)
def test_a_stub_is_made_where_there_is_no_starter(
    tmp_path: Path, manifest: str, first: str
) -> None:
    text = starter_text(a_problem(tmp_path, files={"problem.toml": f'title = "T"\n{manifest}\n'}))

    assert text.splitlines()[0] == first
    ast.parse(text)


def test_the_starter_of_the_package_wins(tmp_path: Path) -> None:
    assert starter_text(a_problem(tmp_path, files={"starter.py": "x = 1\n"})) == "x = 1\n"
