"""Whatever a grader says is one of its messages, or the judge's own failure."""

from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st

from judge.engine.line import StreamClosed, StreamTimeout
from judge.errors import InfrastructureError, MalformedHeader
from judge.grading import Message
from judge.grading.docker import StreamSession
from judge.grading.messages import FailureKind
from judge.grading.wire import message
from tests.fakes import FakeStream
from tests.fuzz.examples import json_values, many, objects, scalars

KINDS = ["collected", "begin", "call", "run", "answer", "ended", "tried", "done", "fault",
         "broken", "gone", "hello"]  # fmt: skip
TEST = {"name": "t", "group": "g", "sample": True, "points": 1, "hint": None, "title": None,
        "limits": {}}  # fmt: skip
RAISED = {"type": "E", "text": "t", "lines": [[1, "f", "x"]], "builtins": [], "syntax": None}


def changed(good: dict[str, Any], *inside: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """An object as it should be, with some of its fields replaced."""
    return objects(*good, values=st.one_of(json_values, *inside)).map(lambda odd: good | odd)


tests = changed(TEST, objects("cpu_seconds", "wall_seconds", "memory_mib", values=scalars))
failures = changed(
    {"kind": "raised", "text": "", "detail": "", "raised": RAISED, "loading": False},
    changed(RAISED),
    st.sampled_from(FailureKind).map(str),
)
reports = changed({"outcome": "failed", "failure": None, "counterexample": None}, failures,
                  objects("input", "output", "expected", values=scalars))  # fmt: skip
GOOD = {"output": None, "expected": None, "refused": None, "failure": None, "argv": ["-v"],
        "where": "x", "detail": "y"}  # fmt: skip
headers = st.builds(
    lambda kind, session, rest, test, report: {
        "kind": kind, "session": session, "test": test, "tests": [test], "report": report,
    } | rest,
    st.sampled_from(KINDS) | json_values,
    st.sampled_from(["1", "1", "1", "0", None]),
    changed(GOOD, failures),
    tests | json_values,
    reports | json_values,
)  # fmt: skip
frames = st.tuples(headers, st.binary(max_size=8))


@many
@given(headers, st.binary(max_size=8))
def test_a_frame_is_a_message_or_malformed(header: dict[str, Any], payload: bytes) -> None:
    try:
        assert isinstance(message(header, payload), get_args(Message))
    except MalformedHeader:
        return


@many
@given(st.lists(frames | st.sampled_from([StreamClosed(""), StreamTimeout()]), max_size=4))
def test_a_session_gives_messages_until_it_ends_in_a_failure(said: list[Any]) -> None:
    session = StreamSession(FakeStream(*said), "1", "double")
    for _ in range(len(said) + 1):
        try:
            assert isinstance(session.next(), get_args(Message))
        except (InfrastructureError, StreamClosed):  # the grader makes the second the first
            return


def test_lists_in_each_other_beyond_measure_are_malformed_or_a_message() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    for header in ({"kind": "run", "argv": [deep]}, {"kind": deep}, {"kind": "begin", "test": deep},
                   {"kind": "collected", "tests": [{"name": deep}]}):  # fmt: skip
        try:
            message(header, b"")
        except MalformedHeader:
            continue
