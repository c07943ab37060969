"""`judge rejudge`: proposes, shows, applies, drops, and goes on where it was interrupted."""

import json
from pathlib import Path

import pytest

from judge.errors import EngineUnavailable
from judge.model import Verdict
from tests.builders import a_judgement
from tests.cli.conftest import Judge
from tests.cli.stored import Stored, stored_at
from tests.fakes import FakeJudge

RIGHT, WRONG, BROKEN = "# right\n", "# wrong\n", "# broken\n"
AC = a_judgement(Verdict.AC, problem_version="1" * 64, machine="here")


@pytest.fixture
def stored(bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stored:
    return stored_at(tmp_path / "data", monkeypatch)


@pytest.fixture
def fake() -> FakeJudge:
    return FakeJudge(
        by_source={
            RIGHT: AC,
            WRONG: a_judgement(Verdict.WA),
            BROKEN: a_judgement(Verdict.JE),
        }
    )


def test_what_would_change_is_printed_and_nothing_changes(judge: Judge, stored: Stored) -> None:
    changed, same = stored.judged(RIGHT), stored.judged(WRONG)
    result = judge("rejudge", "--verdict", "wa")

    assert result.code == 1
    (line,) = (line for line in result.out.splitlines() if line.startswith(f"{changed} "))
    for part in ("double", "me", "WA 0/100 → AC 100/100", "000000000000 → 111111111111", "here"):
        assert part in line
    assert "set 1: 2 of 2 judged anew, 1 differ" in result.out
    assert f"submission {same} WA 0/100 as before" in result.err
    assert stored.verdicts(changed) == [Verdict.WA]


def test_applying_makes_the_new_judgements_current_and_keeps_the_old(
    judge: Judge, stored: Stored
) -> None:
    changed = stored.judged(RIGHT)
    judge("rejudge", changed)
    result = judge("rejudge", "--apply", 1)

    assert (result.code, result.out) == (0, "set 1: 1 of 1 judgements are current now\n")
    assert stored.verdicts(changed) == [Verdict.AC, Verdict.WA]
    assert judge("rejudge", "--apply", 1).code == 2
    assert judge("rejudge", "--show", 1).out.endswith("1 differ; applied\n")


def test_nothing_changes_is_0(judge: Judge, stored: Stored) -> None:
    stored.judged(WRONG)

    assert judge("rejudge", "--problem", "double").code == 0


def test_a_set_as_json(judge: Judge, stored: Stored) -> None:
    changed = stored.judged(RIGHT)
    said = json.loads(judge("rejudge", changed, "--json").out)

    assert said == json.loads(judge("rejudge", "--show", 1, "--json").out)
    (one,) = said.pop("proposals")
    assert said == {"set": 1, "applied": False, "total": 1, "judged": 1, "changes": 1}
    assert (one["submission_id"], one["learner"], one["changes"]) == (changed, "me", True)
    assert (one["old"]["verdict"], one["new"]["verdict"]) == ("WA", "AC")
    assert one["new"]["problem_version"] == "1" * 64
    applied = json.loads(judge("rejudge", "--apply", 1, "--json").out)
    assert applied["applied"]
    assert applied["proposals"][0]["fate"] == "applied"


def test_an_interrupted_set_keeps_what_was_judged_and_goes_on(
    judge: Judge, fake: FakeJudge, stored: Stored
) -> None:
    first, second = stored.judged(RIGHT), stored.judged(RIGHT)

    def meanwhile() -> None:
        if len(fake.judged) == 2:
            raise KeyboardInterrupt

    fake.meanwhile = meanwhile
    result = judge("rejudge", "--problem", "double")
    assert result.code == 130
    assert "`judge rejudge --continue 1` goes on" in result.err
    refused = judge("rejudge", "--apply", 1)
    assert refused.code == 2
    assert "1 of set 1 are not judged yet" in refused.err
    assert "1 of 2 judged anew" in judge("rejudge", "--show", 1).out

    assert judge("rejudge", "--continue", 1).code == 1
    assert len(fake.judged) == 3
    judge("rejudge", "--apply", 1)
    assert [stored.verdicts(one)[0] for one in (first, second)] == [Verdict.AC, Verdict.AC]


def test_without_an_engine_the_set_waits(judge: Judge, fake: FakeJudge, stored: Stored) -> None:
    stored.judged(RIGHT)
    fake.gone = EngineUnavailable("no engine")
    result = judge("rejudge", "--problem", "double")

    assert result.code == 2
    assert "--continue 1" in result.err


def test_what_got_another_judgement_meanwhile_is_left_out_and_named(
    judge: Judge, stored: Stored
) -> None:
    changed = stored.judged(RIGHT)
    for _ in range(2):
        judge("rejudge", changed)
    judge("rejudge", "--apply", 2)
    result = judge("rejudge", "--apply", 1)

    assert result.code == 1
    assert "0 of 1 judgements are current now" in result.out
    assert f"submission {changed} has another judgement by now" in result.err
    assert stored.verdicts(changed) == [Verdict.AC, Verdict.WA]


def test_a_failure_of_the_judge_supersedes_nothing(judge: Judge, stored: Stored) -> None:
    broken = stored.judged(BROKEN)
    result = judge("rejudge", broken)

    assert result.code == 3
    assert f"submission {broken}: the judge failed" in result.err
    assert judge("rejudge", "--apply", 1).code == 1
    assert stored.verdicts(broken) == [Verdict.WA]


def test_a_problem_that_cannot_be_read_any_more_is_a_failure(judge: Judge, stored: Stored) -> None:
    gone = stored.judged(RIGHT, problem="gone")

    assert judge("rejudge", gone).code == 3


def test_a_dropped_set_is_gone(judge: Judge, stored: Stored) -> None:
    changed = stored.judged(RIGHT)
    judge("rejudge", changed)

    assert judge("rejudge", "--drop", 1).code == 0
    assert judge("rejudge", "--show", 1).code == 2
    assert stored.verdicts(changed) == [Verdict.WA]


def test_since_is_a_moment_of_here(judge: Judge, stored: Stored) -> None:
    stored.judged(RIGHT)

    assert judge("rejudge", "--since", "2999-01-01").code == 0
    assert judge("rejudge", "--since", "2001-01-01").code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "sets that are not applied: 1"),
        ([1, "--verdict", "WA"], "either submissions or"),
        (["--show", 1, "--apply", 1], "take one set"),
        (["--apply", 1, "--problem", "double"], "take one set"),
        (["--problem", "doubel"], "did you mean double?"),
        ([99], "there is no submission 99"),
        (["--show", 99], "there is no set 99"),
        (["--continue", 99], "there is no set 99"),
        (["--verdict", "XX"], "XX"),
        (["--since", "yesterday"], "--since"),
    ],
)
def test_bad_use_is_2(judge: Judge, stored: Stored, arguments: list[object], said: str) -> None:
    judge("rejudge", stored.judged(RIGHT))
    result = judge("rejudge", *arguments)

    assert result.code == 2
    assert said in result.err


def test_where_nothing_was_stored_nothing_is_made(
    judge: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored_at(tmp_path / "data", monkeypatch)
    result = judge("rejudge", 1)

    assert result.code == 2
    assert "no judge has stored anything" in result.err
    assert not (tmp_path / "data").exists()
