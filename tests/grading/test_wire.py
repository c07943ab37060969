"""What a grader says is checked against models: a message of ours or MalformedHeader."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.errors import GraderFailed, MalformedHeader, TestFault
from judge.grading import (
    Answered,
    Began,
    Called,
    Collected,
    Done,
    Ended,
    FailureKind,
    Outcome,
    ProgramCalled,
    Tried,
)
from judge.grading.docker import StreamSession
from judge.grading.messages import Line, TestInfo, TestLimits
from judge.grading.wire import message
from judge.model import Counterexample, Exit, RunResult
from tests.fakes import FakeStream

TEST: dict[str, Any] = {
    "name": "test_a",
    "group": "g",
    "sample": False,
    "points": 3,
    "hint": "h",
    "title": None,
    "limits": {"cpu_seconds": 1.5},
}
INFO = TestInfo("test_a", "g", False, 3, "h", None, TestLimits(cpu_seconds=1.5))


@pytest.mark.parametrize(
    ("header", "payload", "expected"),
    [
        ({"kind": "collected", "tests": [TEST]}, b"", Collected((INFO,))),
        ({"kind": "begin", "test": TEST}, b"", Began(INFO)),
        ({"kind": "call"}, b"r", Called(b"r")),
        ({"kind": "run", "argv": ["-v"]}, b"in", ProgramCalled(b"in", ("-v",))),
        ({"kind": "answer"}, b"a", Answered(b"a")),
        (
            {"kind": "tried", "output": "1", "expected": None, "refused": None, "failure": None},
            b"",
            Tried("1", None, None, None),
        ),
        ({"kind": "done"}, b"", Done()),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_frame_is_a_message(header: dict[str, Any], payload: bytes, expected: object) -> None:
    assert message(header, payload) == expected


def test_a_report_is_read_with_everything_in_it() -> None:
    raised = {"type": "E", "text": "t", "lines": [[3, "f", "x"]], "builtins": ["ValueError"]}
    failure = {"kind": "raised", "detail": "d", "raised": raised, "loading": True}
    shown = {"input": "f(1)", "output": "2", "expected": None}
    report = {"outcome": "failed", "failure": failure, "counterexample": shown}

    ended = message({"kind": "ended", "report": report}, b"")

    assert isinstance(ended, Ended)
    assert ended.report.outcome is Outcome.FAILED
    assert ended.report.counterexample == Counterexample("f(1)", "2", None)
    read = ended.report.failure
    assert read is not None
    assert (read.kind, read.detail, read.loading) == (FailureKind.RAISED, "d", True)
    assert read.raised is not None
    assert read.raised.lines == (Line(3, "f", "x"),)


@pytest.mark.parametrize(
    "raised",
    [{"type": 7}, {"lines": "x"}, {"lines": [[1]]}, {"syntax": []}, {"text": None}, {"x": 1}],
    ids=str,
)
def test_what_the_box_wrote_of_an_exception_may_be_anything(raised: dict[str, Any]) -> None:
    report = {"outcome": "failed", "failure": {"kind": "raised", "raised": raised}}

    ended = message({"kind": "ended", "report": report}, b"")

    assert isinstance(ended, Ended)
    assert ended.report.failure is not None
    assert ended.report.failure.raised is not None
    assert ended.report.failure.raised.text == ""


@pytest.mark.parametrize(
    "header",
    [
        {},
        {"kind": "hello"},
        {"kind": None},
        {"kind": "collected"},
        {"kind": "collected", "tests": [{}]},
        {"kind": "collected", "tests": [TEST | {"points": -1}]},
        {"kind": "collected", "tests": [TEST | {"secret": 1}]},
        {"kind": "collected", "tests": [TEST | {"limits": {"cpu_seconds": 0}}]},
        {"kind": "collected", "tests": 7},
        {"kind": "begin"},
        {"kind": "begin", "test": "x"},
        {"kind": "run"},
        {"kind": "run", "argv": 7},
        {"kind": "ended"},
        {"kind": "ended", "report": {"outcome": "won"}},
        {"kind": "ended", "report": {"outcome": "failed", "failure": {"kind": "boredom"}}},
        {"kind": "tried", "output": 7, "expected": None, "refused": None, "failure": None},
        {"kind": ["call"]},
    ],
    ids=str,
)
def test_anything_else_is_refused(header: dict[str, Any]) -> None:
    with pytest.raises(MalformedHeader):
        message(header, b"")


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
KINDS = ["collected", "begin", "call", "run", "answer", "ended", "tried", "done"]


@given(
    st.sampled_from(KINDS),
    st.dictionaries(st.sampled_from(["tests", "test", "argv", "report", "output"]), values),
)
def test_a_header_of_any_content_is_a_message_or_refused(kind: str, rest: dict[str, Any]) -> None:
    try:
        message({"kind": kind} | rest, b"")
    except MalformedHeader:
        return


def a_session(
    *frames: tuple[dict[str, Any], bytes] | Exception,
) -> tuple[StreamSession, FakeStream]:
    stream = FakeStream(*frames)
    return StreamSession(stream, "1", "double"), stream


def test_frames_of_another_session_are_passed_over() -> None:
    session, _ = a_session(
        ({"kind": "ended", "session": "0"}, b""), ({"kind": "done", "session": "1"}, b"")
    )

    assert session.next() == Done()


def test_a_fault_is_raised_for_the_author() -> None:
    fault = {"kind": "fault", "session": "1", "where": "test_hidden.py", "detail": "no such name"}

    with pytest.raises(TestFault, match=r"test_hidden\.py:\nno such name"):
        a_session((fault, b""))[0].next()


@pytest.mark.parametrize("kind", ["broken", "gone"])
def test_a_broken_session_names_the_test_it_broke_in(kind: str) -> None:
    session, _ = a_session(
        ({"kind": "begin", "session": "1", "test": TEST}, b""),
        ({"kind": kind, "session": "1", "detail": "out of memory"}, b""),
    )
    session.next()

    with pytest.raises(GraderFailed, match="broke in test_a: out of memory"):
        session.next()


def test_a_session_that_begins_nonsense_is_refused() -> None:
    with pytest.raises(MalformedHeader):
        a_session(({"kind": "begin", "session": "1", "test": "x"}, b""))[0].next()


@pytest.mark.parametrize(
    ("say", "facts", "kind"),
    [
        ("go", RunResult(Exit.ANSWERED), "go"),
        ("go", RunResult(Exit.SIGNALLED, signal=9), "stopped"),
        ("deliver", RunResult(Exit.ANSWERED), "delivered"),
        ("deliver", RunResult(Exit.EXITED, exit_code=0), "stopped"),
        ("deliver_run", RunResult(Exit.EXITED, exit_code=3), "delivered"),
        ("deliver_run", RunResult(Exit.STOPPED), "stopped"),
    ],
)
def test_facts_are_told_as_delivered_or_stopped(say: str, facts: RunResult, kind: str) -> None:
    session, stream = a_session()

    getattr(session, say)(facts)

    assert stream.sent[0][0]["kind"] == kind
    assert stream.sent[0][0]["exit_code"] == facts.exit_code


def test_output_and_reply_travel_in_one_payload() -> None:
    session, stream = a_session()

    session.deliver(RunResult(Exit.ANSWERED, stdout=b"out", stderr=b"er", payload=b"reply"))

    header, payload = stream.sent[0]
    assert payload == b"outerreply"
    assert (header["stdout_bytes"], header["stderr_bytes"], header["session"]) == (3, 2, "1")
