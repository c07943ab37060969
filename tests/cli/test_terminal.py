"""In a terminal there is a live line, a rendered statement, and still no escape of a program's."""

from pathlib import Path

import pytest

from judge.model import Verdict
from tests.builders import SOURCE, a_judgement, a_test
from tests.cli.conftest import Judge
from tests.fakes import FakeJudge


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)


def test_a_verdict_has_words_beside_its_colour(
    judge: Judge, fake: FakeJudge, solution: Path
) -> None:
    tests = (a_test("hidden/01", Verdict.WA, message="\x1b]0;owned\x07[red]x"),)
    fake.judgement = a_judgement(Verdict.WA, tests=tests)
    result = judge("submit", solution)

    assert "WA wrong answer" in result.out
    assert "[red]x" in result.out
    assert "owned" not in result.out + result.err


def test_progress_is_one_line_that_changes(judge: Judge, fake: FakeJudge, solution: Path) -> None:
    result = judge("submit", solution)

    assert "judging double on this machine" in result.err
    assert result.err.count("\n") < 5


def test_a_check_counts_in_place(judge: Judge, fake: FakeJudge, bank: Path) -> None:
    fake.by_source = {SOURCE + "# wrong\n": a_judgement(Verdict.WA)}

    assert judge("problem", "check", "double").code == 0


def test_a_statement_is_rendered(judge: Judge, bank: Path) -> None:
    out = judge("show", "double").out

    assert "twice" in out
    assert "*twice*" not in out
