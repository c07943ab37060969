"""`judge problems` and `judge show`."""

import json
from pathlib import Path

import pytest

from tests.builders import a_package
from tests.cli.conftest import Judge


def test_problems_are_listed(judge: Judge, bank: Path) -> None:
    result = judge("problems")

    assert result.code == 0
    assert "double" in result.out
    assert "function" in result.out


def test_a_malformed_problem_hides_no_other(judge: Judge, bank: Path) -> None:
    a_package(bank, "broken", files={"problem.toml": "titel = 'x'\n"})
    result = judge("problems")

    assert result.code == 0
    assert "double" in result.out
    assert "titel: unknown key; did you mean title?" in result.err


def test_problems_as_json(judge: Judge, bank: Path) -> None:
    (problem,) = json.loads(judge("problems", "--json").out)["problems"]

    assert problem["problem"] == "double"
    assert problem["entry"] == ["double"]


def test_further_folders_are_added(judge: Judge, bank: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        a_package(tmp_path / name, name)
    out = judge("problems", "--problems", tmp_path / "one", "--problems", tmp_path / "two").out

    assert [name for name in ("double", "one", "two") if name in out] == ["double", "one", "two"]


def test_a_folder_without_problems_says_what_to_do(
    judge: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUDGE_PROBLEMS", str(tmp_path))

    assert judge("problems").out == "no problems; name a folder with --problems DIR\n"


@pytest.mark.parametrize("by_path", [False, True])
def test_a_problem_is_shown_with_all_a_learner_may_see(
    judge: Judge, bank: Path, by_path: bool
) -> None:
    result = judge("show", bank / "double" if by_path else "double")

    assert result.code == 0
    for part in (
        "Return *twice* the number.",
        "def double(n: int) -> int:",
        "def test_two(solution):",
        "4 s CPU, 12 s in all, 256 MiB",
        "standard library, numpy",
    ):
        assert part in result.out
    assert "test_doubles" not in result.out


def test_a_statement_is_not_wrapped_in_a_pipe(judge: Judge, bank: Path) -> None:
    line = "word " * 100 + "end"
    a_package(bank, "long", files={"statement.md": line})

    assert line in judge("show", "long").out
