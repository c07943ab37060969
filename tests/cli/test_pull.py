"""`judge pull`: the folder holds what a learner may see, and knows its problem."""

import ast
import tomllib
from pathlib import Path

from tests.builders import SOURCE, a_package
from tests.cli.conftest import Judge
from tests.fakes import FakeJudge

STRUCTURED = """
title = "Reverse"
entry = "def reverse(head: ListNode | None) -> ListNode | None"

[adapters.ListNode]
shape = "linked_list"
next = "after"
"""


def test_a_folder_to_work_in_is_made(judge: Judge, bank: Path) -> None:
    result = judge("pull", "double")

    assert result.code == 0
    assert {file.name for file in Path("double").iterdir()} == {
        ".judge.toml",
        "pytest.ini",
        "solution.py",
        "statement.md",
        "test_samples.py",
    }
    ast.parse(Path("double/solution.py").read_text())


def test_nothing_hidden_is_in_it(judge: Judge, bank: Path) -> None:
    folder = a_package(
        bank,
        "secrets",
        files={
            "tests/inputs.py": "SECRET",
            "tests/conftest.py": "SECRET",
            "tests/test_hidden.py": "SECRET",
            "data/holdout.csv": "SECRET",
            "editorial.md": "SECRET",
            "submissions/accepted/a.py": "SECRET",
            "prelude.py": "shown = 1\n",
        },
    )
    judge("pull", "secrets", "there")

    contents = [file.read_text() for file in Path("there").iterdir()]
    assert folder.exists()
    assert "shown = 1\n" in contents
    assert not any("SECRET" in content for content in contents)


def test_submit_inside_knows_its_problem(
    judge: Judge, fake: FakeJudge, bank: Path, tmp_path: Path
) -> None:
    a_package(tmp_path / "private", "elsewhere")
    judge("pull", "double", "one")
    judge("pull", "--problems", tmp_path / "private", "elsewhere", "two")

    assert judge("submit", "one/solution.py").code == 0
    assert judge("submit", "two/solution.py").code == 0
    assert [slug for slug, _, _ in fake.judged] == ["double", "elsewhere"]


def test_the_note_says_what_crosses(judge: Judge, bank: Path) -> None:
    a_package(bank, "reverse", files={"problem.toml": STRUCTURED})
    judge("pull", "reverse")

    note = tomllib.loads(Path("reverse/.judge.toml").read_text())
    assert note == {
        "problem": "reverse",
        "kind": "function",
        "entry": ["reverse"],
        "profile": "python",
        "adapters": {
            "ListNode": {"shape": "linked_list", "value": "val", "next": "after", "cyclic": False}
        },
    }


def test_work_is_not_overwritten(judge: Judge, bank: Path) -> None:
    judge("pull", "double")
    Path("double/solution.py").write_text(SOURCE)
    refused = judge("pull", "double")

    assert refused.code == 2
    assert "double/solution.py is there already; --force overwrites it" in refused.err
    assert Path("double/solution.py").read_text() == SOURCE


def test_force_overwrites(judge: Judge, bank: Path) -> None:
    judge("pull", "double")
    Path("double/solution.py").write_text(SOURCE)

    assert judge("pull", "double", "--force").code == 0
    assert Path("double/solution.py").read_text() != SOURCE


def test_a_folder_that_cannot_be_made_is_2(judge: Judge, bank: Path) -> None:
    Path("taken").write_text("")
    result = judge("pull", "double", "taken")

    assert result.code == 2
    assert "taken: cannot be written" in result.err
