"""The flow of judging when a box, a grader or the tests fail, and what is told to whom."""

from pathlib import Path

import pytest

from judge.errors import InfrastructureError, TestFault
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
    Searching,
    TestInfo,
    Waiting,
)
from judge.grading.messages import TestLimits
from judge.judging.events import nobody
from judge.judging.limits import limits_of
from judge.judging.orders import Submission
from judge.judging.submission import judge_submission
from judge.model import (
    Counterexample,
    Exit,
    Limits,
    RunResult,
    TestState,
    Verdict,
)
from judge.proxy.codec import plain_codec
from tests.fakes import FakeBox, FakeGrader, FakeSandbox
from tests.judging.scripted import (
    GONE,
    LOST,
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


def test_a_box_lost_once_is_an_accident(tmp_path: Path) -> None:
    grader = FakeGrader(script((A, GONE)), later=[script((A, PASSED))])
    sandbox = FakeSandbox([FakeBox(calls=[LOST]), FakeBox()])

    judgement = judge_submission(a_submission(tmp_path), sandbox, grader, nobody)

    assert judgement.verdict is Verdict.AC
    assert len(sandbox.leased) == 2
    assert len(judgement.tests) == 1


def test_a_box_lost_twice_was_destroyed(tmp_path: Path) -> None:
    sandbox = FakeSandbox([FakeBox(calls=[LOST]), FakeBox(calls=[LOST]), FakeBox()])

    judgement = judge_submission(
        a_submission(tmp_path), sandbox, FakeGrader(script((A, GONE))), nobody
    )

    assert judgement.verdict is Verdict.RE
    assert judgement.message == "your program destroyed its box"
    assert len(sandbox.leased) == 2


def test_after_a_source_that_does_not_load_nothing_runs(tmp_path: Path) -> None:
    failure = Failure(FailureKind.MISSING, "double", loading=True)
    messages: list[Message] = [
        Collected((A, B)),
        Began(A),
        Waiting(),
        Ended(Report(Outcome.FAILED, failure)),
        Began(B),
        Waiting(),
        Ended(SKIPPED),
        Done(),
    ]
    box = FakeBox()

    judgement, grader = judged(tmp_path, messages, box)

    assert judgement.verdict is Verdict.CE
    assert judgement.message == "define `double`"
    assert len(box.started) == 1
    assert grader.sessions[0].heard[-1] == ("skip", None)
    assert judgement.tests[1].state is TestState.SKIPPED


def test_after_a_minute_of_cpu_time_nothing_runs_any_more(tmp_path: Path) -> None:
    box = FakeBox(calls=[RunResult(Exit.ANSWERED, cpu_seconds=61.0)])
    messages = [Collected((A, B)), *ran(A), Began(B), Called(b""), Ended(SKIPPED), Done()]

    judgement, grader = judged(tmp_path, messages, box)

    assert len(box.started) == 1
    assert grader.sessions[0].heard[-1] == ("skip", None)
    assert judgement.points == 0
    assert [test.verdict for test in judgement.tests] == [Verdict.AC, Verdict.TLE]
    assert judgement.message == "your program used up the time that all tests together may use"


def test_a_fault_of_the_tests_is_raised_for_the_author(tmp_path: Path) -> None:
    fault = Report(Outcome.FAILED, Failure(FailureKind.FAULT, detail="line 3"))

    with pytest.raises(TestFault, match="line 3"):
        judged(tmp_path, script((A, fault)))


@pytest.mark.parametrize(
    "messages",
    [
        [Done()],
        [Collected(()), Done()],
        script((A, SKIPPED)),
        script((SAMPLE, PASSED), (A, SKIPPED)),
        script((SAMPLE, PASSED)),
    ],
    ids=["nothing", "none found", "all skip", "all hidden skip", "none hidden"],
)
def test_a_package_of_which_no_test_runs_is_at_fault(
    tmp_path: Path, messages: list[Message]
) -> None:
    with pytest.raises(TestFault, match="no test ran"):
        judged(tmp_path, messages)


def test_a_grader_that_ends_early_has_failed_us(tmp_path: Path) -> None:
    messages = [
        Collected((SAMPLE,)),
        *ran(SAMPLE),
        Collected((A, B)),
        Began(A),
        Called(b""),
        Done(),
    ]

    with pytest.raises(InfrastructureError):
        judged(tmp_path, messages)


@pytest.mark.parametrize(
    "messages",
    [
        [Collected((A,)), *ran(A), *ran(B), Done()],
        [Collected((A,)), *ran(A, GONE), Done()],
        [Collected((A,)), *ran(A, Report(Outcome.FAILED)), Done()],
    ],
    ids=["a test nobody collected", "stopped, while it answered", "failed without a failure"],
)
def test_a_grader_that_contradicts_itself_has_failed_us(
    tmp_path: Path, messages: list[Message]
) -> None:
    with pytest.raises(InfrastructureError):
        judged(tmp_path, messages)


def test_a_test_that_ends_while_the_submission_waits_for_an_answer_has_ended(
    tmp_path: Path,
) -> None:
    box = FakeBox(questions=[b"q"])
    messages = [Collected((A, B)), *ran(A, WRONG), Began(B), Ended(SKIPPED), Done()]

    judgement, _ = judged(tmp_path, messages, box)

    assert judgement.verdict is Verdict.WA
    assert box.ended >= 1


def test_a_call_outside_of_a_test_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(TestFault, match="outside of any test"):
        judged(tmp_path, [Collected((A,)), Called(b""), Done()])


def test_the_first_counterexample_is_shown(tmp_path: Path) -> None:
    def found(n: int) -> Report:
        shown = Counterexample(f"double({n})", "1", "2")
        return Report(Outcome.FAILED, Failure(FailureKind.ASSERTION), shown)

    judgement, _ = judged(tmp_path, script((A, found(0)), (B, found(1))))

    assert judgement.counterexample == Counterexample("double(0)", "1", "2")


def test_what_a_hidden_test_printed_stays_hidden(tmp_path: Path) -> None:
    box = FakeBox(calls=[RunResult(Exit.ANSWERED, stdout=b"secret", cpu_seconds=0.123456)])

    judgement, _ = judged(tmp_path, script((SAMPLE, PASSED), (A, PASSED)), box)

    assert judgement.tests[0].stdout == "secret"
    assert judgement.tests[1].stdout is None
    assert judgement.tests[1].cpu_seconds == 0.12


def test_the_submission_is_no_part_of_what_the_grader_is_told(tmp_path: Path) -> None:
    source = "def double(n): return 2 * n  # a learner's own words"
    submission = a_submission(tmp_path)
    submission = Submission(submission.problem, source, submission.image, b"k" * 32)
    grader, box = FakeGrader(script((A, PASSED))), FakeBox()

    judge_submission(submission, FakeSandbox([box]), grader, nobody)

    assert "own words" not in repr(grader.specs)
    assert b"own words" in box.started[0].request


def test_nothing_of_the_tests_and_the_reference_is_part_of_what_the_box_is_told(
    tmp_path: Path,
) -> None:
    box = FakeBox()
    judged(tmp_path, script((A, PASSED)), box)

    request = plain_codec().decode(box.started[0].request)

    assert set(request) == {"op", "source", "entry", "prelude", "adapters"}
    assert b"test_doubles" not in box.started[0].request


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        (TestLimits(), Limits(2, 5, 100)),
        (TestLimits(cpu_seconds=1.0), Limits(1, 3, 100)),
        (TestLimits(cpu_seconds=1.0, wall_seconds=9), Limits(1, 9, 100)),
        (TestLimits(wall_seconds=9), Limits(2, 9, 100)),
        (TestLimits(memory_mib=50), Limits(2, 5, 50)),
    ],
)
def test_a_marker_wins_over_the_problem(marker: TestLimits, expected: Limits) -> None:
    test = TestInfo("t", "g", sample=False, limits=marker)

    assert limits_of(Limits(2, 5, 100), test) == expected


def test_a_title_is_the_name_of_a_hidden_test(tmp_path: Path) -> None:
    titled = TestInfo("test_a", "hidden", sample=False, title="large inputs")

    judgement, _ = judged(tmp_path, script((titled, PASSED), (B, PASSED)))

    assert [test.name for test in judgement.tests] == ["large inputs", "hidden/02"]


def test_a_verdict_stands_when_we_fail_in_the_search_after_it(tmp_path: Path) -> None:
    steps = [Collected((A,)), *ran(A, WRONG), Searching(), Ended(PASSED), Done()]  # nonsense

    judgement, _ = judged(tmp_path, steps)

    assert judgement.verdict is Verdict.WA
    with pytest.raises(InfrastructureError):
        judged(tmp_path / "again", [step for step in steps if not isinstance(step, Searching)])
