"""The stream to a container: what the engine multiplexes is frames again, and nothing leaks."""

import gc
import socket
import struct
import threading
from collections.abc import Iterator

import pytest

from judge.engine.attach import Stream
from judge.engine.line import StreamClosed, StreamTimeout
from judge.errors import MalformedHeader
from judge.proxy.framing import pack


@pytest.fixture
def pair() -> Iterator[tuple[Stream, socket.socket]]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Stream(ours), theirs


def chunk(data: bytes, stream: int = 1) -> bytes:
    return struct.pack(">BxxxL", stream, len(data)) + data


def test_a_frame_arrives_however_the_engine_cuts_it(pair: tuple[Stream, socket.socket]) -> None:
    stream, engine = pair
    frame = pack({"kind": "ready"}, b"payload")
    for place in range(len(frame)):
        engine.sendall(chunk(frame[place : place + 1]))

    assert stream.receive(5) == ({"kind": "ready"}, b"payload")


def test_frames_that_arrive_together_come_one_by_one(pair: tuple[Stream, socket.socket]) -> None:
    stream, engine = pair
    engine.sendall(chunk(pack({"n": 1}) + pack({"n": 2})))

    assert [stream.receive(5)[0]["n"] for _ in range(2)] == [1, 2]


def test_what_is_sent_can_be_read_at_the_other_end(pair: tuple[Stream, socket.socket]) -> None:
    stream, engine = pair

    stream.send({"kind": "call"}, b"request")

    assert engine.recv(1 << 16) == pack({"kind": "call"}, b"request")


def test_silence_ends_in_a_timeout(pair: tuple[Stream, socket.socket]) -> None:
    with pytest.raises(StreamTimeout):
        pair[0].receive(0.01)


def test_a_trickle_ends_in_a_timeout_too(pair: tuple[Stream, socket.socket]) -> None:
    stream, engine = pair
    stop = threading.Event()

    def trickle() -> None:
        while not stop.wait(0.02):
            engine.sendall(chunk(b"\0"))

    thread = threading.Thread(target=trickle)
    thread.start()
    try:
        with pytest.raises((StreamTimeout, MalformedHeader)):
            stream.receive(0.3)
    finally:
        stop.set()
        thread.join()


def test_the_complaints_of_a_dead_container_are_kept(pair: tuple[Stream, socket.socket]) -> None:
    stream, engine = pair
    engine.sendall(chunk(b"no such file", stream=2) + chunk(b"x" * 100_000, stream=2))
    engine.close()

    with pytest.raises(StreamClosed, match="no such file"):
        stream.receive(5)
    assert len(stream.stderr) <= 8_000


def test_a_header_that_is_none_is_our_failure(pair: tuple[Stream, socket.socket]) -> None:
    stream, engine = pair
    engine.sendall(chunk(struct.pack(">II", 2, 0) + b"[]"))

    with pytest.raises(MalformedHeader):
        stream.receive(5)


def test_nobody_to_take_a_frame_is_a_closed_stream(pair: tuple[Stream, socket.socket]) -> None:
    stream, engine = pair
    engine.close()

    def send_much() -> None:
        for _ in range(100):
            stream.send({}, b"x" * 1_000_000)

    with pytest.raises(StreamClosed):
        send_much()


@pytest.mark.filterwarnings("error")
def test_closing_leaves_no_descriptor_open() -> None:
    ours, theirs = socket.socketpair()
    attached = socket.SocketIO(ours, "rw")
    ours._io_refs += 1  # type: ignore[attr-defined]  # what makefile() does

    Stream(attached).close()

    with theirs:
        assert ours.fileno() == -1
    del attached, ours
    gc.collect()
