"""`judge problem check`: the matrix, the disagreements, the exit code."""

import json
import threading
from pathlib import Path

import pytest

from judge.model import Verdict
from tests.builders import MANIFEST, SOURCE, a_judgement, a_package, a_test
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
        "double: 1 of 7, accepted/a.py AC",
        "double: 2 of 7, wrong_answer/b.py WA",
        "double: 3 of 7, the reference again AC",
        "double: 4 of 7, a solution that returns None WA",
        "double: 5 of 7, a solution that returns its first argument WA",
        "double: 6 of 7, a solution that returns 0 WA",
        "double: 7 of 7, a solution that returns an empty list WA",
    ]


def test_what_was_judged_is_not_judged_again(judge: Judge, agreeing: FakeJudge, bank: Path) -> None:
    judge("problem", "check", "double")
    first = len(agreeing.judged)
    result = judge("problem", "check", "double")

    assert first == len(agreeing.judged) == 7
    rows = [" ".join(line.split()) for line in result.out.splitlines()]
    assert "wrong_answer/b.py WA WA . W- cached" in rows
    assert "double: 1 of 7, accepted/a.py AC, cached" in result.err
    (report,) = json.loads(judge("problem", "check", "double", "--json").out)["problems"]
    assert {one["cached"] for one in report["submissions"]} == {True}

    judge("problem", "check", "double", "--fresh")
    assert len(agreeing.judged) == 14


def test_only_what_changed_is_judged_again(judge: Judge, agreeing: FakeJudge, bank: Path) -> None:
    judge("problem", "check", "double")
    other = WRONG + "# otherwise\n"
    agreeing.by_source = {**agreeing.by_source, other: agreeing.by_source[WRONG]}
    (bank / "double/submissions/wrong_answer/c.py").write_text(other)
    (bank / "double/statement.md").write_text("Return twice the number.\n")
    del agreeing.judged[:]

    assert judge("problem", "check", "double").code == 0
    assert [source for _, source, _ in agreeing.judged] == [other]

    hidden = bank / "double/tests/test_hidden.py"
    hidden.write_text(hidden.read_text() + "\n")
    del agreeing.judged[:]
    judge("problem", "check", "double")
    assert len(agreeing.judged) == 8


def test_two_problems_with_one_uuid_are_told_apart(
    judge: Judge, agreeing: FakeJudge, bank: Path
) -> None:
    uuid = 'uuid = "51ba821c-39e5-4fe2-ae86-db4ec8866cc7"\n'
    manifest = bank / "double/problem.toml"
    manifest.write_text(uuid + manifest.read_text())
    a_package(
        bank, "other", files={"problem.toml": uuid.upper().replace("UUID", "uuid") + MANIFEST}
    )
    result = judge("problem", "check", "double")

    assert result.code == 1
    assert f"{bank}/double and {bank}/other have one uuid, 51ba821c" in result.out
    assert "give the newer one another" in result.out


def test_a_package_of_two_files_is_warned_about(judge: Judge, fake: FakeJudge, bank: Path) -> None:
    a_package(bank, "bare")
    result = judge("problem", "check", "bare")

    assert result.code == 0
    assert "bare: warning: nothing vouches for the tests" in result.out
    assert fake.judged == []


def test_a_change_is_checked_at_once_until_it_is_interrupted(
    judge: Judge, agreeing: FakeJudge, bank: Path
) -> None:
    """The judging of the second round, which a change of a file began, is interrupted."""
    submission = bank / "double/submissions/accepted/a.py"
    interrupted = []

    def meanwhile() -> None:
        if "changed" in submission.read_text():
            interrupted.append(True)
            raise KeyboardInterrupt

    agreeing.meanwhile = meanwhile
    timer = threading.Timer(1.0, submission.write_text, [SOURCE + "# changed\n"])
    timer.start()
    result = judge("problem", "check", "double", "--watch")

    assert interrupted == [True]
    assert result.code == 0
    assert result.out.count("double: all 2 as expected") == 1
    assert "waiting for a file to change" in result.err


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
            "submissions/wrong_answer/b.py": WRONG,
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
        (("./doubel",), "unknown problem './doubel': there is no such folder"),
        (("draft",), "unknown problem 'draft'; for the folder of that name here write ./draft"),
    ],
)
def test_a_question_that_makes_no_sense_is_2(
    judge: Judge, bank: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    (Path.cwd() / "draft").mkdir()
    result = judge("problem", "check", *arguments)

    assert result.code == 2
    assert complaint in result.err
