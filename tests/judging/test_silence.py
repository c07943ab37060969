"""Who is to blame when a test does not end, and what comes of it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from judge.errors import SilentTest
from judge.grading import Began, Called, Collected, Message
from judge.judging import trial
from judge.judging.events import nobody
from judge.judging.submission import judge_submission
from judge.model import Exit, Judgement, RunResult, TestState, Verdict
from tests.builders import SOURCE
from tests.fakes import FakeBox, FakeGrader, FakeSandbox
from tests.judging.scripted import GONE, LOST, PASSED, A, B, a_submission, script

Script = Sequence[Message | Exception]
SILENCE = SilentTest("double", "test_a", "it took more than 60 s")
SILENT: Script = [Collected((A, B)), Began(A), Called(b""), SILENCE]
ENDED: Script = script((A, PASSED), (B, PASSED))


def judged(
    tmp_path: Path, *scripts: Script, source: str = "another", boxes: Sequence[FakeBox] = ()
) -> tuple[Judgement, FakeGrader]:
    grader = FakeGrader(scripts[0], later=scripts[1:])
    submission = replace(a_submission(tmp_path), source=source)
    return judge_submission(submission, FakeSandbox(boxes or [FakeBox()]), grader, nobody), grader


def test_who_keeps_a_test_busy_twice_that_ends_with_the_reference_has_done_it(
    tmp_path: Path,
) -> None:
    judgement, grader = judged(tmp_path, SILENT, ENDED, SILENT)

    assert judgement.verdict is Verdict.TLE
    assert judgement.message == (
        "your program returned something that keeps the test busy for more than a minute"
    )
    assert [test.state for test in judgement.tests] == [TestState.JUDGED, TestState.SKIPPED]
    assert judgement.points == 0
    assert len(grader.sessions) == 3


def test_what_was_found_before_it_stands(tmp_path: Path) -> None:
    later: Script = [
        Collected((A, B)), Began(A), Called(b""), *ENDED[3:4], Began(B), Called(b""), SILENCE,
    ]  # fmt: skip

    judgement, _ = judged(tmp_path, later, ENDED)
    assert judgement.verdict is Verdict.AC

    judgement, _ = judged(tmp_path / "again", later, ENDED, later)
    assert [test.verdict for test in judgement.tests] == [Verdict.AC, Verdict.TLE]


def test_once_is_an_accident(tmp_path: Path) -> None:
    judgement, grader = judged(tmp_path, SILENT, ENDED, ENDED)

    assert judgement.verdict is Verdict.AC
    assert len(grader.sessions) == 3


def test_a_test_that_does_not_end_with_the_reference_either_is_at_fault(tmp_path: Path) -> None:
    with pytest.raises(SilentTest, match="at fault in test_a"):
        judged(tmp_path, SILENT, SILENT)


def test_nor_does_it_accuse_the_reference(tmp_path: Path) -> None:
    grader = FakeGrader(SILENT)

    with pytest.raises(SilentTest):
        judge_submission(a_submission(tmp_path), FakeSandbox(), grader, nobody)

    assert len(grader.sessions) == 1
    assert a_submission(tmp_path / "again").source == SOURCE


@pytest.mark.parametrize("before", [[], [Collected((A, B))]], ids=["collecting", "before a test"])
def test_what_hangs_outside_of_a_test_is_at_fault(tmp_path: Path, before: Script) -> None:
    with pytest.raises(SilentTest):
        judged(tmp_path, [*before, SILENCE], ENDED)


def test_nor_is_it_any_fault_of_a_test_that_is_passed_over(tmp_path: Path) -> None:
    """The time of all tests ran out in one that begins with work of its own."""
    used_up = FakeBox(calls=[RunResult(Exit.ANSWERED, cpu_seconds=61.0)])
    late: Script = [*script((A, PASSED), (B, PASSED))[:4], Began(B), SILENCE]

    judgement, grader = judged(tmp_path, late, ENDED, late, boxes=[used_up, FakeBox(), used_up])

    assert [test.verdict for test in judgement.tests] == [Verdict.AC, Verdict.TLE]
    assert len(grader.sessions) == 3


def test_a_box_lost_and_then_a_test_that_hangs_are_no_two_accidents(tmp_path: Path) -> None:
    boxes = [FakeBox(calls=[LOST]), FakeBox()]

    judgement, grader = judged(tmp_path, script((A, GONE)), SILENT, ENDED, boxes=boxes)
    assert judgement.verdict is Verdict.TLE
    assert len(grader.sessions) == 3

    with pytest.raises(SilentTest):
        judged(tmp_path / "again", script((A, GONE)), SILENT, SILENT, boxes=boxes)


def test_an_input_of_ones_own_that_takes_too_long_is_nobodys_fault(tmp_path: Path) -> None:
    grader = FakeGrader([Called(b""), SILENCE])

    tried = trial.try_input(a_submission(tmp_path), [2], None, FakeSandbox(), grader)

    assert (
        tried.error == "this input, or what came of it, kept the judge busy for more than a minute"
    )
