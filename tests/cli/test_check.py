"""`judge problem check`: the matrix, the disagreements, the exit code."""

import json
from pathlib import Path

import pytest

from judge.model import Verdict
from tests.builders import SOURCE, a_judgement, a_package, a_test
from tests.cli.conftest import Judge
from tests.fakes import FakeJudge

WRONG = SOURCE + "# wrong\n"


@pytest.fixture
def agreeing(fake: FakeJudge) -> FakeJudge:
    tests = (a_test("test_two"), a_test("hidden/01", Verdict.WA), a_test("hidden/02", None))
    fake.by_source = {WRONG: a_judgement(Verdict.WA, tests=tests)}
    return fake


def test_a_package_that_keeps_its_promises_is_0(
    judge: Judge, agreeing: FakeJudge, bank: Path
) -> None:
    result = judge("problem", "check", "double")

    assert result.code == 0
    rows = [" ".join(line.split()) for line in result.out.splitlines()]
    assert "Submission Expected Got samples hidden" in rows
    assert "accepted/a.py AC AC . ." in rows
    assert "wrong_answer/b.py WA WA . W-" in rows
    assert "double: all 2 as expected" in rows
    assert result.err.splitlines() == [
        "double: 1 of 2, accepted/a.py AC",
        "double: 2 of 2, wrong_answer/b.py WA",
    ]


def test_a_wrong_submission_among_the_accepted_is_1(
    judge: Judge, agreeing: FakeJudge, bank: Path
) -> None:
    (bank / "double/submissions/wrong_answer/b.py").rename(
        bank / "double/submissions/accepted/b.py"
    )
    result = judge("problem", "check", "--all")

    assert result.code == 1
    assert "double/accepted/b.py: expected AC, got WA" in result.out


def test_a_malformed_package_is_1_and_the_others_are_checked(
    judge: Judge, agreeing: FakeJudge, bank: Path
) -> None:
    a_package(bank, "broken", files={"problem.toml": "titel = 'x'\n"})
    result = judge("problem", "check", "--all")

    assert result.code == 1
    assert "titel: unknown key; did you mean title?" in " ".join(result.out.split())
    assert "double: all 2 as expected" in result.out


def test_nothing_is_opened_for_malformed_packages_alone(
    judge: Judge, fake: FakeJudge, bank: Path
) -> None:
    a_package(bank, "broken", files={"tests/test_hidden.py": None})
    result = judge("problem", "check", "broken")

    assert result.code == 1
    assert "test_hidden.py: is missing" in " ".join(result.out.split())
    assert fake.opened == []


def test_all_problems_share_one_judge(judge: Judge, agreeing: FakeJudge, bank: Path) -> None:
    a_package(
        bank,
        "other",
        files={
            "problem.toml": "title='T'\nentry='f'\nprofile='ml'\n",
            "submissions/accepted/a.py": SOURCE,
        },
    )

    assert judge("problem", "check", "--all").code == 0
    assert [profiles for _, profiles in agreeing.opened] == [("ml", "python")]


def test_references_alone_can_be_judged(judge: Judge, fake: FakeJudge, bank: Path) -> None:
    result = judge("problem", "check", "--all", "--references")

    assert result.code == 0
    assert fake.judged == [("double", SOURCE, False)]
    assert result.out == "double: accepted/a.py AC accepted, 0.02 s CPU\n"


def test_a_problem_may_be_named_by_its_folder(
    judge: Judge, agreeing: FakeJudge, bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(bank / "double")

    assert judge("problem", "check", ".").code == 0


def test_json_says_it_all(judge: Judge, agreeing: FakeJudge, bank: Path) -> None:
    result = judge("problem", "check", "double", "--json")

    (report,) = json.loads(result.out)["problems"]
    assert report["ok"] is True
    assert [(one["file"], one["expected"], one["verdict"]) for one in report["submissions"]] == [
        ("accepted/a.py", "AC", "AC"),
        ("wrong_answer/b.py", "WA", "WA"),
    ]
    assert result.err == ""


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((), "which problems? Give their names, or --all"),
        (("double", "--all"), "either names of problems or --all"),
        (("doubel",), "unknown problem 'doubel'; did you mean double?"),
    ],
)
def test_a_question_that_makes_no_sense_is_2(
    judge: Judge, bank: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    result = judge("problem", "check", *arguments)

    assert result.code == 2
    assert complaint in result.err
