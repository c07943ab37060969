"""What counts as a disagreement between a labelled submission and its judgement."""

from pathlib import Path

import pytest

from judge.catalog import Labelled
from judge.judging.check import Checked, check_problem, disagreements
from judge.model import Judgement, Verdict
from tests.builders import SOURCE, a_judgement, a_problem, a_test
from tests.fakes import FakeJudge


def labelled(expected: Verdict, *fails: str) -> Labelled:
    return Labelled(Path("submissions/x/a.py"), expected, SOURCE, fails)


def failing(*names: str) -> Judgement:
    tests = (a_test("small/01"), *(a_test(name, Verdict.WA) for name in names))
    return a_judgement(Verdict.WA, tests=tests)


@pytest.mark.parametrize(
    ("label", "judgement", "found"),
    [
        (labelled(Verdict.AC), a_judgement(), []),
        (labelled(Verdict.WA), failing("large/01"), []),
        (labelled(Verdict.WA, "large"), failing("large/01", "edge/01"), []),
        (labelled(Verdict.TLE), failing("large/01"), ["expected TLE, got WA"]),
        (labelled(Verdict.WA), a_judgement(), ["expected WA, got AC"]),
        (
            labelled(Verdict.WA, "small"),
            failing("large/01"),
            ["says `# fails: small`, but no test of that group fails"],
        ),
        (
            labelled(Verdict.WA, "lage"),
            failing("large/01"),
            ["says `# fails: lage`, but the groups are small, large"],
        ),
        (
            labelled(Verdict.AC),
            a_judgement(Verdict.JE, tests=(), message="the tests are at fault"),
            ["expected AC, got JE: the tests are at fault"],
        ),
    ],
)
def test_disagreements(label: Labelled, judgement: Judgement, found: list[str]) -> None:
    assert list(disagreements(label, judgement)) == found


def test_every_submission_is_judged_and_told_of_at_once(tmp_path: Path) -> None:
    files = {"submissions/accepted/b.py": SOURCE, "submissions/wrong_answer/a.py": SOURCE}
    told: list[Checked] = []

    report = check_problem(FakeJudge(), a_problem(tmp_path, files=files), told.append)

    assert [one.labelled.name for one in told] == [
        "accepted/a.py",
        "accepted/b.py",
        "wrong_answer/a.py",
    ]
    assert report.results == tuple(told)
    assert not report.ok


def test_only_the_reference_can_be_judged(tmp_path: Path) -> None:
    files = {"submissions/accepted/b.py": SOURCE}

    report = check_problem(FakeJudge(), a_problem(tmp_path, files=files), references_only=True)

    assert [one.labelled.name for one in report.results] == ["accepted/a.py"]
    assert report.ok


def test_a_package_without_a_reference_is_complained_about(tmp_path: Path) -> None:
    problem = a_problem(tmp_path, files={"submissions/accepted/a.py": None})

    report = check_problem(FakeJudge(), problem)

    assert not report.ok
    assert "submissions/accepted/ is empty" in report.complaints[0]
