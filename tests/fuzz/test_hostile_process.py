"""Whatever a process says to its supervisor, every call it owes has one report, and no more."""

import contextlib
import itertools
import os
import select
import signal
import socket
import struct
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.proxy.framing import pack_tagged
from tests.fuzz.examples import at_most, edited, edits, many
from tests.runner_image.parts import facts, nursery, subject, tags

NOBODY = 1 << 23  # no kernel gives a process this number
VALUE_CAP = OUTPUT_CAP = 1 << 12
LIMITS = {"cpu_seconds": 5.0, "wall_seconds": 5.0}
ORDER = {"kind": "start", "call": 1, "program": False, "value_bytes": VALUE_CAP,
         "output_bytes": OUTPUT_CAP, **LIMITS}  # fmt: skip


class Stage:
    """A subject without its process: what that would do is done by hand."""

    def __init__(self, *, program: bool, cgroup: str) -> None:
        near, self.far = socket.socketpair()
        for end in (near, self.far):
            end.settimeout(0)
        self.stdin, stdin = os.pipe()
        stdout, self.stdout = os.pipe()
        stderr, self.stderr = os.pipe()
        for fd in (stdin, stdout, stderr, self.stdout, self.stderr):
            os.set_blocking(fd, False)
        self.nursery = nursery.Nursery(0)
        born = nursery.Born(NOBODY, near, stdin, stdout, stderr)
        order = ORDER | {"program": program}
        self.subject = subject.Subject(born, order, facts.Cgroup(cgroup), self.nursery)
        self.calls = 1
        self.said: list[Any] = []
        self.subject.begin(order, b"load")

    def look(self) -> None:
        """What the event loop of the supervisor does until nothing is to be done."""
        for _ in range(50):
            poll = select.poll()
            for fd, events in self.subject.interests():
                poll.register(fd, events)
            ready = poll.poll(0)
            for fd, events in ready:
                self.subject.ready(fd, events)
            self.said += self.subject.news()
            self.subject.patience_ms()
            if not any(events & ~select.POLLOUT for _, events in ready):
                return

    def do(self, kind: str, data: bytes) -> None:
        with contextlib.suppress(BlockingIOError, OSError):  # full, or closed
            match kind:
                case "say":
                    self.far.send(data)
                case "print":
                    os.write(self.stdout, data)
                case "complain":
                    os.write(self.stderr, data)
                case "hang up":
                    self.far.close()
        match kind:
            case "call":
                self.calls += 1
                order = {"kind": "call", "call": self.calls, **LIMITS}
                self.subject.begin(order, data)
            case "answer":
                self.subject.answer(data)
            case "die":
                status = STATUSES[len(data) % len(STATUSES)]
                self.nursery.deaths[NOBODY] = nursery.Death(status, 0.5)
        self.look()

    def reported(self) -> list[int]:
        return [one.header["call"] for one in self.said if one.header["kind"] == "result"]


@contextlib.contextmanager
def a_stage(*, program: bool = False, cgroup: str = "/nowhere") -> Iterator[Stage]:
    stage = Stage(program=program, cgroup=cgroup)
    try:
        yield stage
    finally:
        stage.subject.close()
        stage.far.close()
        for fd in (stage.stdin, stage.stdout, stage.stderr):
            os.close(fd)


STATUSES = [0, 1 << 8, signal.SIGKILL, signal.SIGSEGV, signal.SIGXCPU, signal.SIGTERM]
known = st.sampled_from([tags.REPLY, tags.QUESTION])
words = st.binary(max_size=30) | st.builds(
    lambda tag, payload, changed: edited(pack_tagged(tag, payload), changed),
    known | known | st.integers(0, 255),
    st.binary(max_size=20) | st.just(bytes(VALUE_CAP)),
    edits.filter(lambda made: len(made) < 2),
)
steps = st.tuples(st.sampled_from(["say", "say", "say", "print", "complain", "call", "answer"]),
                  words) | st.tuples(st.sampled_from(["hang up", "die"]), words)  # fmt: skip


@many
@given(st.lists(steps, max_size=12), st.booleans())
def test_every_call_is_reported_once(played: list[tuple[str, bytes]], program: bool) -> None:
    with a_stage(program=program) as stage:
        for kind, data in played:
            stage.do(kind, data)
        stage.do("die", b"")

        assert sorted(stage.reported()) == list(range(1, stage.calls + 1))
        for one in stage.said:
            printed = one.header.get("stdout_bytes", 0) + one.header.get("stderr_bytes", 0)
            assert printed <= len(one.payload) <= printed + VALUE_CAP
            assert one.header["kind"] in {"result", "question"}


@pytest.mark.parametrize(
    "begin",
    [struct.pack(">BI", tags.REPLY, 0xFFFFFFFF), pack_tagged(99, b""), b""],
    ids=["too long", "unknown", "nothing"],
)
def test_a_flood_on_the_control_socket_costs_no_memory(begin: bytes) -> None:
    with a_stage() as stage, at_most(2):
        stage.do("say", begin)
        for _ in range(300):
            stage.do("say", b"\xff" * (1 << 16))

        assert stage.reported() == [1]


def test_a_flood_of_output_is_read_up_to_its_cap() -> None:
    with a_stage() as stage, at_most(2):
        for _ in range(300):
            stage.do("print", bytes(1 << 16))

        assert [one.header["stop_reason"] for one in stage.said] == ["output"]


def test_children_that_go_on_talking_do_not_keep_the_supervisor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    most = 10_000
    pieces = itertools.chain(itertools.repeat(bytes(5), most), itertools.repeat(b""))
    with a_stage() as stage:
        control, read = stage.subject._pipes.control, os.read
        monkeypatch.setattr(
            os, "read", lambda fd, size: next(pieces) if fd == control else read(fd, size)
        )
        stage.nursery.deaths[NOBODY] = nursery.Death(signal.SIGKILL)
        stage.said += stage.subject.news()

        assert stage.reported() == [1]
        assert next(pieces) != b""
