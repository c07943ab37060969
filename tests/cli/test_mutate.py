"""`judge problem mutate`: what it prints, its exit code, what it keeps."""

import json
import sys
from pathlib import Path

import pytest

from judge.judging.mutants import mutants_of
from judge.model import Verdict
from tests.builders import SOURCE, a_judgement
from tests.cli.conftest import Judge
from tests.fakes import FakeJudge

TOTAL = len(mutants_of(SOURCE))


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JUDGE_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def killing(fake: FakeJudge) -> FakeJudge:
    """A judge that accepts nothing but the reference."""
    fake.judgement = a_judgement(Verdict.WA)
    fake.by_source = {SOURCE: a_judgement()}
    return fake


@pytest.fixture
def survivor(killing: FakeJudge) -> FakeJudge:
    killing.by_source = {
        **killing.by_source,
        SOURCE.replace("2 * n", "3 * n"): a_judgement(),
    }
    return killing


def test_all_killed_is_0(judge: Judge, killing: FakeJudge, bank: Path) -> None:
    result = judge("problem", "mutate", "double")

    assert result.code == 0
    assert f"double: {TOTAL} mutants of accepted/a.py: {TOTAL} killed; 100.0 %" in result.out
    assert f"double: {TOTAL} of {TOTAL} mutants judged, 0 not killed" in result.err


def test_a_survivor_is_shown_and_too_many_are_1(
    judge: Judge, survivor: FakeJudge, bank: Path
) -> None:
    result = judge("problem", "mutate", "double")

    assert result.code == 1
    assert "line 2, survived" in result.out
    assert "  - return 2 * n\n  + return 3 * n\n" in result.out
    assert "95 % are asked for" in result.out


def test_how_many_are_enough_can_be_said(judge: Judge, survivor: FakeJudge, bank: Path) -> None:
    assert judge("problem", "mutate", "double", "--at-least", "40").code == 0


def test_an_explained_survivor_is_0_and_a_useless_explanation_1(
    judge: Judge, survivor: FakeJudge, bank: Path
) -> None:
    file = bank / "double" / "mutants.toml"
    file.write_text("[[explained]]\nbefore = 'return 2 * n'\nafter = 'return 3 * n'\nwhy = 'W'\n")
    result = judge("problem", "mutate", "double")
    assert (result.code, "line 2, explained: W" in result.out) == (0, True)

    file.write_text(file.read_text() + "[[explained]]\nbefore = 'x'\nwhy = 'V'\n")
    result = judge("problem", "mutate", "double")
    assert result.code == 1
    assert "double: mutants.toml explains `x`, but there is no such mutant" in result.out


def test_json_says_it_all(judge: Judge, survivor: FakeJudge, bank: Path) -> None:
    result = judge("problem", "mutate", "double", "--json")
    said = json.loads(result.out)

    assert result.code == 1
    assert result.err == ""
    assert said["problem"] == "double"
    assert said["counts"]["killed"] == TOTAL - 1
    assert said["counts"]["survived"] == 1
    assert said["percentage"] < 95
    assert said["complaints"] == []
    assert {"line": 2, "before": "return 2 * n", "after": "return 3 * n"}.items() <= next(
        one for one in said["mutants"] if one["fate"] == "survived"
    ).items()


def test_a_second_run_judges_nothing(judge: Judge, killing: FakeJudge, bank: Path) -> None:
    judge("problem", "mutate", "double")
    killing.judged.clear()
    result = judge("problem", "mutate", "double")

    assert result.code == 0
    assert killing.judged == []


def test_limit_and_only_choose(judge: Judge, killing: FakeJudge, bank: Path) -> None:
    assert "1 mutant of" in judge("problem", "mutate", "double", "--limit", "1").out

    result = judge("problem", "mutate", "double", "--only", "7")
    assert result.code == 2
    assert "no mutant begins in line 7; lines with mutants: 2" in result.err


def test_a_judge_for_each_of_the_concurrency(
    judge: Judge, killing: FakeJudge, bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUDGE_CONCURRENCY", "3")
    judge("problem", "mutate", "double")

    assert (len(killing.opened), killing.closed) == (3, 3)


def test_without_mutmut_it_says_how_to_get_it(
    judge: Judge, killing: FakeJudge, bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "judge.judging.mutation", None)
    result = judge("problem", "mutate", "double")

    assert result.code == 2
    assert "pip install 'mutmut>=3.8,<4'" in result.err
    assert killing.opened == []


def test_a_reference_that_fails_is_2(judge: Judge, killing: FakeJudge, bank: Path) -> None:
    killing.by_source = {}
    result = judge("problem", "mutate", "double")

    assert result.code == 2
    assert "`judge problem check double` says why" in result.err
