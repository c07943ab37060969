"""`judge replay`: the same again, or what differs, or what is missing."""

import json
from pathlib import Path

import pytest

from judge.model import Verdict
from tests.builders import a_judgement, a_test
from tests.cli.conftest import Judge
from tests.cli.stored import Stored, stored_at
from tests.fakes import FakeJudge

SOURCE = "# a source\n"
RECORDED = a_judgement(Verdict.WA, machine="there")


@pytest.fixture
def stored(bank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stored:
    return stored_at(tmp_path / "data", monkeypatch)


def test_the_same_results_are_0_and_nothing_is_stored(
    judge: Judge, fake: FakeJudge, stored: Stored
) -> None:
    number = stored.judged(SOURCE, RECORDED)
    before = stored.submission(number)
    fake.judgement = a_judgement(Verdict.WA, cpu_seconds=9.0, image="sha256:other")
    result = judge("replay", number)

    assert result.code == 0
    assert "problem version: the same\n" in result.out
    assert "image: was sha256:1234, is sha256:other\n" in result.out
    assert "runner version: the same\n" in result.out
    assert f"submission {number}: the same results" in result.out
    assert fake.judged == [("double", SOURCE, False)]
    assert stored.submission(number) == before
    assert stored.verdicts(number) == [Verdict.WA]


def test_other_results_are_1_and_named_test_by_test(
    judge: Judge, fake: FakeJudge, stored: Stored
) -> None:
    number = stored.judged(SOURCE, RECORDED)
    fake.judgement = a_judgement(
        tests=(a_test("test_two"), a_test("hidden/01"), a_test("hidden/02", None)),
        problem_version="1" * 64,
    )
    result = judge("replay", number, "--json")

    assert result.code == 1
    said = json.loads(result.out)
    assert (said["submission_id"], said["same"]) == (number, False)
    assert [(one["name"], one["recorded"], one["now"]) for one in said["differences"]] == [
        ("verdict", "WA", "AC"),
        ("points", "0 of 100", "100 of 100"),
        ("hidden/01", "WA", "AC"),
        ("hidden/02", "absent", "skipped"),
    ]
    changed = [one["name"] for one in said["conditions"] if not one["same"]]
    assert changed == ["problem version", "machine"]
    assert "4 results differ" in judge("replay", number).out


def test_other_seeds_cannot_be_replayed(judge: Judge, fake: FakeJudge, stored: Stored) -> None:
    number = stored.judged(SOURCE, RECORDED)
    (stored.folder / "seed-key").write_bytes(b"another secret")
    result = judge("replay", number)

    assert result.code == 2
    assert "seed-key" in result.err
    assert fake.judged == []


def test_what_is_missing_is_named(judge: Judge, stored: Stored) -> None:
    gone = stored.judged(SOURCE, problem="double")
    missing = stored.judged(SOURCE, a_judgement(problem="gone"), problem="gone")

    assert "unknown problem 'gone'" in judge("replay", missing).err
    assert judge("replay", missing).code == 2
    assert "no submission 99" in judge("replay", 99).err
    assert judge("replay", gone).code in {0, 1}


def test_a_failure_of_the_judge_is_no_difference(
    judge: Judge, fake: FakeJudge, stored: Stored
) -> None:
    fake.judgement = a_judgement(Verdict.JE)

    assert judge("replay", stored.judged(SOURCE, RECORDED)).code == 3
