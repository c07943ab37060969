"""What is done ahead in a real box: a call before its source is loaded, processes before a test."""

import time
from typing import Any

import pytest

from judge.bootstrap import LocalJudge
from judge.model import Exit, Limits, RunResult, StopReason
from judge.proxy.callee import load_request
from judge.proxy.caller import Remote
from judge.proxy.channel import Answer, Delivery, ProgramRun, Stopped
from judge.proxy.codec import plain_codec
from judge.proxy.solution import Solution
from judge.sandbox.base import Box, Order
from tests.boxes import a_boxed_channel

pytestmark = pytest.mark.docker

LIMITS = Limits(cpu_seconds=2, wall_seconds=4, import_cpu_seconds=1)
FORKED_AHEAD = 12
RANDOM = """
import os, random, threading
import numpy as np
def drawn(): return random.random(), float(np.random.rand())
def drawn_in_a_fork():
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.write(writing, str(random.random()).encode())
        os._exit(0)
    return float(os.read(reading, 64)), random.random()
def thread(): return threading.main_thread().native_id == threading.get_native_id() == os.getpid()
"""


class Kept:
    """Keeps the request that a test makes, in place of making it."""

    def exchange(self, request: bytes, _answer: Answer) -> Delivery:
        self.request = request
        raise Stopped

    def run_program(self, stdin: bytes, argv: list[str]) -> ProgramRun:
        raise NotImplementedError


def the_call() -> bytes:
    channel = Kept()
    with pytest.raises(Stopped):
        Solution(Remote(channel), ["double"]).double(21)
    return channel.request


def called_ahead(box: Box, source: str, limits: Limits = LIMITS) -> tuple[RunResult, RunResult]:
    """Order a process, send it a call at once, and return what came of both."""
    request = plain_codec().encode(load_request(source, ["double"], None, ()))
    order = Order(request, limits)
    box.prepare(order)
    sent = box.send(the_call(), limits)
    return box.start(order), box.result(sent, lambda question: question)


def value(facts: RunResult) -> Any:
    return plain_codec().decode(facts.payload)


def test_a_call_may_be_sent_before_the_source_is_loaded(judge: LocalJudge) -> None:
    with a_boxed_channel(judge, LIMITS) as channel:
        box = channel.box
        for _ in range(FORKED_AHEAD + 2):
            loaded, called = called_ahead(box, "def double(n): return 2 * n")
            assert (value(loaded), value(called)) == ({"value": None}, {"value": 42})
            box.end()


@pytest.mark.parametrize(
    ("source", "said"),
    [("1 / 0", "raised"), ("x = 1", "missing"), ("def double(n): return 1 / 0\n1 / 0", "raised")],
)
def test_what_did_not_load_is_not_called(judge: LocalJudge, source: str, said: str) -> None:
    with a_boxed_channel(judge, LIMITS) as channel:
        loaded, called = called_ahead(channel.box, f"print('loaded')\n{source}")

    assert loaded.payload == called.payload
    assert said in value(loaded)
    assert (loaded.stdout, called.stdout) == (b"loaded\n", b"")


@pytest.mark.parametrize(
    ("source", "reason"),
    [("import os; os._exit(3)", None), ("while True: pass", StopReason.CPU)],
)
def test_who_dies_of_loading_answers_nothing_and_the_next_one_does(
    judge: LocalJudge, source: str, reason: StopReason | None
) -> None:
    with a_boxed_channel(judge, LIMITS) as channel:
        loaded, called = called_ahead(channel.box, source)
        assert loaded.exit is called.exit is (Exit.STOPPED if reason else Exit.EXITED)
        assert loaded.stop_reason is called.stop_reason is reason

        channel.box.end()
        _, called = called_ahead(channel.box, "def double(n): return 2 * n")
        assert value(called) == {"value": 42}


def test_a_call_sent_ahead_has_its_own_limits(judge: LocalJudge) -> None:
    slow = "import time\ntime.sleep(1)\ndef double(n):\n    while True: pass"
    limits = Limits(cpu_seconds=0.3, wall_seconds=2, import_cpu_seconds=1)

    with a_boxed_channel(judge, limits) as channel:
        loaded, called = called_ahead(channel.box, slow, limits)

    assert loaded.wall_seconds == pytest.approx(1, abs=0.5)
    assert (called.exit, called.stop_reason) == (Exit.STOPPED, StopReason.CPU)


def test_processes_are_forked_ahead_while_a_box_waits(judge: LocalJudge) -> None:
    with a_boxed_channel(judge, LIMITS) as channel:
        until = time.monotonic() + 20
        while processes(judge) != FORKED_AHEAD + 2:
            assert time.monotonic() < until, processes(judge)
            time.sleep(0.05)
        for _ in range(FORKED_AHEAD):
            called_ahead(channel.box, "def double(n): return 2 * n")
            channel.box.end()
        channel.box.start(Order(b"", LIMITS))  # the last that was forked ahead is in use

        assert processes(judge) <= 2 + 1 + 1


def processes(judge: LocalJudge) -> int:
    """Count the processes of the boxes of this judge: supervisor, warm interpreter, tests'."""
    label = f"judge.instance={judge._sandbox().instance}"
    boxes = judge.engine.containers.list(filters={"label": [label, "judge.role=box"]})
    return sum(len(box.top()["Processes"]) for box in boxes)


def test_processes_forked_from_one_have_random_numbers_of_their_own(judge: LocalJudge) -> None:
    drawn = []
    with a_boxed_channel(judge, LIMITS) as channel:
        for _ in range(FORKED_AHEAD + 2):
            drawn += channel.load(RANDOM).drawn()
            channel.box.end()
        child, parent = channel.load(RANDOM).drawn_in_a_fork()

    assert len({*drawn, child, parent}) == 2 * (FORKED_AHEAD + 2) + 2


def test_the_main_thread_of_a_process_is_its_own(judge: LocalJudge) -> None:
    with a_boxed_channel(judge, LIMITS) as channel:
        assert channel.load(RANDOM).thread() is True
