"""The flow of judging one submission, with a box and a grader that say what was prepared."""

from dataclasses import replace
from pathlib import Path

from judge.grading import Began, Collected, Done, Ended
from judge.judging.events import Event, PhaseStarted, TestEnded, TestsCollected, nobody
from judge.judging.submission import judge_submission
from judge.model import (
    Exit,
    RunResult,
    StopReason,
    TestState,
    Verdict,
)
from tests.fakes import FakeBox, FakeGrader, FakeSandbox
from tests.judging.scripted import (
    ANSWERED,
    GONE,
    PASSED,
    SAMPLE,
    SKIPPED,
    WRONG,
    A,
    B,
    a_submission,
    judged,
    ran,
    script,
)


def test_everything_passed(tmp_path: Path) -> None:
    judgement, _ = judged(tmp_path, script((SAMPLE, PASSED), (A, PASSED), (B, PASSED)))

    assert judgement.verdict is Verdict.AC
    assert (judgement.points, judgement.max_points) == (100, 100)
    assert [test.name for test in judgement.tests] == ["test_two", "hidden/01", "hidden/02"]
    assert judgement.message is None
    assert (judgement.image, judgement.runner_version) == ("sha256:1", "v1")


def test_the_first_failure_is_the_verdict_and_its_words_the_message(tmp_path: Path) -> None:
    stop = RunResult(Exit.STOPPED, stop_reason=StopReason.CPU)

    judgement, _ = judged(
        tmp_path, script((SAMPLE, PASSED), (A, GONE), (B, SKIPPED)), FakeBox(calls=[ANSWERED, stop])
    )

    assert judgement.verdict is Verdict.TLE
    assert judgement.points == 0
    assert [test.state for test in judgement.tests][-1] is TestState.SKIPPED
    assert judgement.message == "your program used up its CPU time"


def test_every_test_gets_a_fresh_process_and_the_box_is_cleaned_after_it(tmp_path: Path) -> None:
    box = FakeBox()

    judged(tmp_path, script((SAMPLE, PASSED), (A, PASSED)), box)

    assert (len(box.started), box.ended) == (2, 2)


def test_cpu_time_is_that_of_all_tests_together(tmp_path: Path) -> None:
    facts = RunResult(Exit.ANSWERED, cpu_seconds=0.25, wall_seconds=0.5, memory_mib=3)
    box = FakeBox(starts=[facts], calls=[facts], peak_memory_mib=42.0)

    judgement, _ = judged(tmp_path, script((SAMPLE, PASSED), (A, PASSED)), box)

    assert judgement.cpu_seconds == 1.0
    assert judgement.wall_seconds == 2.0
    assert judgement.peak_memory_mib == 42.0


def test_who_listens_hears_of_every_step(tmp_path: Path) -> None:
    heard: list[Event] = []

    judgement, _ = judged(tmp_path, script((SAMPLE, PASSED), (A, WRONG)), heard=heard)

    assert heard == [
        PhaseStarted("box"),
        PhaseStarted("grader"),
        PhaseStarted("tests"),
        TestsCollected(2),
        TestEnded(judgement.tests[0], 0),
        TestEnded(judgement.tests[1], 1),
    ]
    assert [phase.name for phase in judgement.phases] == ["box", "grader", "tests"]


def test_a_brief_judging_runs_no_test_after_the_first_failure(tmp_path: Path) -> None:
    messages = [Collected((A, B)), *ran(A, WRONG), Began(B), Ended(SKIPPED), Done()]
    grader, box = FakeGrader(messages), FakeBox()
    submission = replace(a_submission(tmp_path), brief=True)

    judgement = judge_submission(submission, FakeSandbox([box]), grader, nobody)

    assert judgement.verdict is Verdict.WA
    assert [test.state for test in judgement.tests] == [TestState.JUDGED, TestState.SKIPPED]
    assert len(box.started) == 1
