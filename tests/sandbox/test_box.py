"""A box's stream: facts of runs are read strictly, silence and loss are told apart."""

from collections.abc import Callable
from typing import Any

import pytest

from judge.engine.line import StreamClosed, StreamTimeout
from judge.errors import InfrastructureError, MalformedHeader
from judge.model import Exit, Limits, RunResult, StopReason
from judge.sandbox.base import Order
from judge.sandbox.box import Lost, StreamBox, run_result
from tests.fakes import FakeStream

GOOD: dict[str, Any] = {
    "kind": "result",
    "call": 1,
    "exit": "answered",
    "cpu_seconds": 0.5,
    "wall_seconds": 1.0,
    "memory_mib": 3.0,
    "stdout_bytes": 3,
    "stderr_bytes": 2,
}
ORDER = Order(b"load", Limits())


def a_box(*frames: tuple[dict[str, Any], bytes] | Exception, oom: bool = False) -> StreamBox:
    return StreamBox(FakeStream(*frames), lambda: Lost(out_of_memory=oom))


def no_answer(_question: bytes) -> bytes:
    raise AssertionError("nothing was to be asked")


def ask(box: StreamBox) -> RunResult:
    return box.result(box.send(b"", Limits()), no_answer)


def test_a_report_is_facts() -> None:
    facts = run_result(GOOD, b"outerrreply")

    assert facts == RunResult(
        Exit.ANSWERED,
        cpu_seconds=0.5,
        wall_seconds=1.0,
        memory_mib=3.0,
        stdout=b"out",
        stderr=b"er",
        payload=b"rreply",
    )


def test_a_stop_has_its_reason() -> None:
    facts = run_result(GOOD | {"exit": "stopped", "stop_reason": "memory"}, b"outer")

    assert facts.stop_reason is StopReason.MEMORY


@pytest.mark.parametrize("key", ["exit", "cpu_seconds", "wall_seconds", "memory_mib",
                                 "stdout_bytes", "stderr_bytes"])  # fmt: skip
def test_a_report_without_a_fact_is_refused(key: str) -> None:
    header = {k: v for k, v in GOOD.items() if k != key}

    with pytest.raises(MalformedHeader, match=key):
        run_result(header, b"")


@pytest.mark.parametrize(
    "wrong",
    [
        {"exit": "fine"},
        {"exit": None},
        {"exit": []},
        {"stop_reason": "boredom"},
        {"cpu_seconds": "much"},
        {"cpu_seconds": None},
        {"stdout_bytes": "x"},
        {"stderr_bytes": []},
        {"memory_mib": {}},
        {"stdout_bytes": -1},
        {"stdout_bytes": 1 << 40},
        {"cpu_seconds": float("nan")},
        {"cpu_seconds": -1.0},
        {"exit_code": "zero"},
        {"signal": []},
        {"exit": "stopped"},
    ],
    ids=str,
)
def test_a_report_with_a_value_of_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(MalformedHeader):
        run_result(GOOD | wrong, b"outer")


def test_a_box_that_says_ready_is_ready() -> None:
    a_box(({"kind": "ready", "uid": 1, "peak_memory_mib": 20.0}, b"")).wait_ready()


@pytest.mark.parametrize("failure", [StreamClosed("exec failed"), StreamTimeout()], ids=str)
def test_a_box_that_does_not_start_is_our_failure(failure: Exception) -> None:
    with pytest.raises(InfrastructureError, match=r"before it was ready|did not start"):
        a_box(failure).wait_ready()


def test_a_box_that_says_anything_else_first_is_refused() -> None:
    with pytest.raises(MalformedHeader, match="instead of ready"):
        a_box(({"kind": "hello"}, b"")).wait_ready()


def test_loading_is_told_with_all_limits() -> None:
    stream = FakeStream((GOOD, b"outerr"))
    limits = Limits(cpu_seconds=1, import_cpu_seconds=2, output_kib=3, value_kib=4)

    StreamBox(stream, lambda: Lost(False)).start(Order(b"load", limits, True, ("-v",)))

    [(header, payload)] = stream.sent
    assert payload == b"load"
    assert (header["kind"], header["call"]) == ("start", 1)
    assert (header["cpu_seconds"], header["wall_seconds"]) == (2, 6)
    assert (header["output_bytes"], header["value_bytes"]) == (3 << 10, 4 << 10)
    assert (header["program"], header["argv"]) == (True, ["-v"])


def test_a_question_is_answered_before_the_result() -> None:
    stream = FakeStream(({"kind": "question", "call": 1}, b"q"), (GOOD, b"outerr"))
    box = StreamBox(stream, lambda: Lost(False))

    box.result(box.send(b"request", Limits()), lambda question: question + b"!")

    assert stream.sent[1] == ({"kind": "answer"}, b"q!")


@pytest.mark.parametrize(
    "said",
    [{"kind": "ended"}, {"kind": "ready"}, {}, GOOD | {"call": 7}, {"kind": ["result"]}],
    ids=["ended", "ready", "nothing", "another call", "list"],
)
def test_a_report_out_of_step_is_our_failure(said: dict[str, Any]) -> None:
    with pytest.raises(MalformedHeader):
        ask(a_box((said, b"")))


@pytest.mark.parametrize("failure", [StreamClosed(""), StreamTimeout()], ids=["closed", "silent"])
def test_a_box_that_goes_away_is_lost_and_stays_lost(failure: Exception) -> None:
    box = a_box(failure)

    assert ask(box).exit is Exit.BOX_LOST
    assert box.start(ORDER).exit is Exit.BOX_LOST
    box.end()


def test_a_box_killed_for_want_of_memory_is_out_of_memory() -> None:
    facts = ask(a_box(StreamClosed(""), oom=True))

    assert (facts.exit, facts.stop_reason) == (Exit.STOPPED, StopReason.MEMORY)


def test_a_box_that_cannot_be_cleaned_is_never_used_again() -> None:
    box = a_box(({"kind": "ended", "clean": False}, b""), (GOOD, b"outer"))
    box.end()

    assert box.start(ORDER).exit is Exit.BOX_LOST


def test_the_peak_is_what_user_code_added() -> None:
    box = a_box(
        ({"kind": "ready", "peak_memory_mib": 20.0}, b""),
        ({"kind": "ended", "clean": True, "peak_memory_mib": 50.0}, b""),
        ({"kind": "ended", "clean": True, "peak_memory_mib": None}, b""),
    )
    box.wait_ready()
    box.end()
    box.end()

    assert box.peak_memory_mib == 30.0


@pytest.mark.parametrize("ask", [no_answer], ids=["none"])
def test_nothing_is_asked_while_a_source_is_loaded(ask: Callable[[bytes], bytes]) -> None:
    with pytest.raises(MalformedHeader, match="question while"):
        a_box(({"kind": "question"}, b"q")).start(ORDER)
