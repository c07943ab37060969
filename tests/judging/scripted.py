"""Prepared conversations of a grader, and a judging that follows one."""

from pathlib import Path

from judge.grading import (
    Began,
    Called,
    Collected,
    Done,
    Ended,
    Failure,
    FailureKind,
    Message,
    Outcome,
    Report,
    TestInfo,
)
from judge.images import ImageRef
from judge.judging.events import Event, nobody
from judge.judging.orders import Submission
from judge.judging.submission import judge_submission
from judge.model import (
    Exit,
    Judgement,
    RunResult,
)
from tests.builders import SOURCE, a_problem
from tests.fakes import FakeBox, FakeGrader, FakeSandbox

PASSED = Report(Outcome.PASSED)
SKIPPED = Report(Outcome.SKIPPED)
WRONG = Report(Outcome.FAILED, Failure(FailureKind.ASSERTION, "4 != 5"))
GONE = Report(Outcome.FAILED, Failure(FailureKind.STOPPED))
SAMPLE = TestInfo("test_two", "samples", sample=True)
A = TestInfo("test_a", "hidden", sample=False)
B = TestInfo("test_b", "hidden", sample=False)
ANSWERED = RunResult(Exit.ANSWERED)
LOST = RunResult(Exit.BOX_LOST)


def ran(test: TestInfo, report: Report = PASSED, calls: int = 1) -> list[Message]:
    return [Began(test), *[Called(b"")] * calls, Ended(report)]


def script(*tests: tuple[TestInfo, Report]) -> list[Message]:
    steps = [message for test, report in tests for message in ran(test, report)]
    return [Collected(tuple(test for test, _ in tests)), *steps, Done()]


def a_submission(tmp_path: Path, **files: str) -> Submission:
    image = ImageRef("python", "t", "sha256:1", "v1", "3.13", {}, "pulled")
    return Submission(a_problem(tmp_path, files=files), SOURCE, image, b"k" * 32)


def judged(
    tmp_path: Path,
    messages: list[Message],
    *boxes: FakeBox,
    heard: list[Event] | None = None,
) -> tuple[Judgement, FakeGrader]:
    grader = FakeGrader(messages)
    listener = nobody if heard is None else heard.append
    sandbox = FakeSandbox(boxes or [FakeBox()])
    return judge_submission(a_submission(tmp_path), sandbox, grader, listener), grader
