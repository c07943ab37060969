"""Whatever arrives on the stream of a container is frames, or one of the three failures."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.engine import line
from judge.engine.attach import Stream
from judge.engine.line import StreamClosed, StreamTimeout
from judge.errors import MalformedHeader
from judge.proxy.framing import pack
from tests.fuzz.examples import cut, edited, edits, many, places


def multiplexed(parts: list[bytes], streams: list[int]) -> bytes:
    return b"".join(
        struct.pack(">BxxxL", stream, len(part)) + part
        for part, stream in zip(parts, streams, strict=False)
    )


messages = st.lists(
    st.builds(pack, st.dictionaries(st.text(max_size=3), st.integers()), st.binary(max_size=20)),
    min_size=1,
    max_size=4,
).map(b"".join)


@contextmanager
def a_stream(sent: list[bytes]) -> Iterator[Stream]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        for part in sent:
            theirs.sendall(part)
        theirs.shutdown(socket.SHUT_WR)
        yield Stream(ours)


def received(sent: list[bytes]) -> list[object]:
    frames: list[object] = []
    with a_stream(sent) as stream:
        while True:
            try:
                frames.append(stream.receive(1))
            except StreamClosed:
                return frames
            except (MalformedHeader, StreamTimeout) as error:
                return [*frames, type(error)]


@many
@given(messages, places, places)
def test_frames_survive_the_engines_cuts_and_the_sockets(
    data: bytes, engines: list[int], sockets: list[int]
) -> None:
    parts = cut(data, engines)
    plain = received([multiplexed([data], [1])])

    assert received(cut(multiplexed(parts, [1] * len(parts)), sockets)) == plain
    assert plain != []


@many
@given(st.binary(max_size=80) | messages, st.lists(st.integers(0, 3)), places, edits)
def test_any_bytes_are_frames_or_a_failure_that_is_known(
    data: bytes, streams: list[int], places: list[int], changed: list[tuple[int, int]]
) -> None:
    streams += [1] * 20
    received(cut(edited(multiplexed(cut(data, places), streams), changed), places))
    received(cut(data, places))


def test_a_container_that_takes_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "SEND_SECONDS", 0.2)
    with a_stream([]) as stream, pytest.raises(StreamTimeout):
        stream.send({}, bytes(8 << 20))
