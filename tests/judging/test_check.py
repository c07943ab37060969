"""What is wrong with a package whose submissions may all be judged as their folders say."""

from pathlib import Path
from typing import Any

from judge.errors import TestFault
from judge.judging.check import check_problem
from judge.judging.events import AttemptFailed, Listener, nobody
from judge.judging.shallow import shallow_solutions
from judge.model import Judgement, Verdict
from tests.builders import SOURCE, a_judgement, a_problem, a_test
from tests.fakes import FakeJudge

WRONG = SOURCE + "# wrong\n"
FILES = {"submissions/wrong_answer/a.py": WRONG}


def judge_of(*wrong: str, **changed: Judgement) -> FakeJudge:
    """A judge that finds the wrong submission failing some tests, all others as prepared."""
    names = ("hidden/01", "large/01")
    tests = tuple(a_test(name, Verdict.WA if name in wrong else Verdict.AC) for name in names)
    accepted = a_judgement(tests=tuple(map(a_test, names)))
    return FakeJudge(accepted, {WRONG: a_judgement(Verdict.WA, tests=tests), **changed})


def test_every_submission_is_judged_and_told_of_at_once(tmp_path: Path) -> None:
    files = {"submissions/accepted/b.py": SOURCE, "submissions/wrong_answer/a.py": SOURCE}
    told: list[str] = []

    report = check_problem(FakeJudge(), a_problem(tmp_path, files=files), told.append)

    assert told[:3] == ["accepted/a.py AC", "accepted/b.py AC", "wrong_answer/a.py AC"]
    assert [one.labelled.name for one in report.results] == [
        "accepted/a.py",
        "accepted/b.py",
        "wrong_answer/a.py",
    ]
    assert not report.ok


def test_only_the_reference_can_be_judged(tmp_path: Path) -> None:
    files = {"submissions/accepted/b.py": SOURCE}

    report = check_problem(FakeJudge(), a_problem(tmp_path, files=files), references_only=True)

    assert [one.labelled.name for one in report.results] == ["accepted/a.py"]
    assert report.ok


def test_a_package_without_a_reference_is_complained_about(tmp_path: Path) -> None:
    problem = a_problem(tmp_path, files={"submissions/accepted/a.py": None, **FILES})

    report = check_problem(FakeJudge(), problem)

    assert not report.ok
    assert "submissions/accepted/ is empty" in report.complaints[0]


def test_a_group_that_fails_nobody_is_complained_about(tmp_path: Path) -> None:
    report = check_problem(judge_of("hidden/01"), a_problem(tmp_path, files=FILES))

    (complaint,) = report.complaints
    assert complaint.startswith("group 'large' fails no labelled submission; add one")
    assert check_problem(
        judge_of("hidden/01", "large/01"), a_problem(tmp_path / "2", files=FILES)
    ).ok


def test_a_group_that_passes_for_solutions_of_nothing_is_complained_about(tmp_path: Path) -> None:
    problem = a_problem(tmp_path, files=FILES)
    judge = judge_of("hidden/01", "large/01")
    (_, nothing), _, (_, zero), _ = shallow_solutions(problem)
    tests = (a_test("hidden/01", Verdict.WA), a_test("large/01"))
    passing = a_judgement(Verdict.WA, tests=tests)
    judge.by_source = {**judge.by_source, nothing: passing, zero: passing}

    (complaint,) = check_problem(judge, problem).complaints
    assert complaint.startswith(
        "group 'large' passes for a solution that returns None, for one that returns 0; have a test"
    )


def test_a_reference_judged_in_two_ways_is_not_deterministic(tmp_path: Path) -> None:
    judge = judge_of("hidden/01", "large/01")
    usual = judge.judge

    def unsteady(*arguments: Any, **named: Any) -> Judgement:
        judgement = usual(*arguments, **named)
        if len(judge.judged) != 3:
            return judgement
        return a_judgement(Verdict.WA, tests=(a_test("hidden/01", Verdict.WA), a_test("large/01")))

    judge.judge = unsteady  # type: ignore[method-assign]  # the third judging is the one again
    (complaint,) = check_problem(judge, a_problem(tmp_path, files=FILES)).complaints

    assert complaint.startswith(
        "the reference is not deterministic: hidden/01 is AC and then WA; take out"
    )


def test_tests_at_fault_are_told_of_once(tmp_path: Path) -> None:
    class Broken(FakeJudge):
        def judge(
            self, problem: Any, source: str, listener: Listener = nobody, samples_only: bool = False
        ) -> Judgement:
            listener(AttemptFailed(TestFault("double", "test_x", "E  NameError: y"), 1))
            return a_judgement(Verdict.JE, tests=(), message="the tests are at fault")

    report = check_problem(Broken(), a_problem(tmp_path, files=FILES))

    assert report.complaints == ("test_x is at fault, not a submission:\nE  NameError: y",)
    assert report.results == ()
