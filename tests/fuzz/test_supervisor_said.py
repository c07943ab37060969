"""Whatever a supervisor says is facts of a run, or the judge's own failure; never a crash."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.engine.line import StreamClosed, StreamTimeout
from judge.errors import InfrastructureError, MalformedHeader
from judge.model import Exit, Limits, RunResult, StopReason
from judge.sandbox.base import Order
from judge.sandbox.box import Lost, StreamBox, run_result
from tests.fakes import FakeStream
from tests.fuzz.examples import json_values, many, objects

GOOD: dict[str, Any] = {
    "kind": "result", "call": 1, "exit": "answered", "stop_reason": None, "exit_code": None,
    "signal": None, "cpu_seconds": 0.1, "wall_seconds": 0.1, "memory_mib": 1.0, "stdout_bytes": 0,
    "stderr_bytes": 0, "clean": True, "peak_memory_mib": 2.0,
}  # fmt: skip
words = st.sampled_from(["result", "ended", "ready", "question", *map(str, Exit),
                         *map(str, StopReason)])  # fmt: skip
# Peaks that are no numbers, and numbers of four hundred digits: see the tests at the end.
facts = (words | json_values).filter(lambda fact: type(fact) is not int or abs(fact) < 1 << 64)
headers = st.builds(
    lambda kind, call, odd: GOOD | {"kind": kind, "call": call} | odd,
    st.sampled_from(["result", "result", "ended", "question", "ready"]),
    st.integers(1, 3),
    objects(*(fact for fact in GOOD if fact != "peak_memory_mib"), values=facts),
)
frames = st.tuples(headers, st.binary(max_size=8))
ORDER = Order(b"load", Limits())
STEPS: dict[str, Callable[[StreamBox], object]] = {
    "ready": lambda box: box.wait_ready(),
    "prepare": lambda box: box.prepare(ORDER),
    "start": lambda box: box.start(ORDER),
    "call": lambda box: box.result(box.send(b"x", Limits()), lambda question: question),
    "end": lambda box: box.end(),
    "peak": lambda box: box.peak_memory_mib,
}


@many
@given(headers, st.binary(max_size=8))
def test_a_report_is_facts_or_a_failure(header: dict[str, Any], payload: bytes) -> None:
    try:
        assert isinstance(run_result(header, payload), RunResult)
    except InfrastructureError:
        return


@many
@given(
    st.lists(frames | st.sampled_from([StreamClosed(""), StreamTimeout()]), max_size=8),
    st.lists(st.sampled_from(sorted(STEPS)), max_size=8),
    st.booleans(),
)
def test_any_conversation_gives_facts_or_ends_in_a_failure(
    said: list[Any], steps: list[str], out_of_memory: bool
) -> None:
    box = StreamBox(FakeStream(*said), lambda: Lost(out_of_memory))
    for step in steps:
        try:
            found = STEPS[step](box)
        except InfrastructureError:
            return
        assert isinstance(found, RunResult | float | None)


@pytest.mark.parametrize("fact", ["cpu_seconds", "wall_seconds", "memory_mib"])
def test_a_number_beyond_every_float_is_refused(fact: str) -> None:
    with pytest.raises(MalformedHeader):
        run_result(GOOD | {fact: 10**400}, b"")


@pytest.mark.parametrize("peak", [10**400, "x", [1]], ids=["huge", "text", "list"])
def test_a_peak_that_is_no_number_is_refused(peak: object) -> None:
    for kind, use in (("ready", "ready"), ("ended", "peak")):
        box = StreamBox(
            FakeStream(({"kind": kind, "clean": True, "peak_memory_mib": peak}, b"")),
            lambda: Lost(out_of_memory=False),
        )
        box.end()
        with pytest.raises(MalformedHeader):
            STEPS[use](box)


def test_a_supervisor_that_says_anything_but_ended_is_not_listened_to_for_ever() -> None:
    stream = FakeStream(*[({"kind": "result", "call": 0}, b"")] * 10_000)
    box = StreamBox(stream, lambda: Lost(out_of_memory=False))
    box.end()

    with pytest.raises(MalformedHeader):
        _ = box.peak_memory_mib
