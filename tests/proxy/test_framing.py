"""Frames survive any way of cutting the stream; broken ones are refused, never guessed at."""

import itertools
import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.proxy.framing import (
    MAX_HEADER_BYTES,
    BadFrame,
    FrameBuffer,
    TaggedBuffer,
    pack,
    pack_tagged,
)

headers = st.dictionaries(
    st.text(max_size=8), st.none() | st.booleans() | st.integers() | st.text(max_size=20)
)
frames = st.lists(st.tuples(headers, st.binary(max_size=200)), max_size=5)


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted({place % (len(data) + 1) for place in places}), len(data)]
    return [data[a:b] for a, b in itertools.pairwise(edges)]


@given(sent=frames, places=st.lists(st.integers(min_value=0), max_size=12))
def test_frames_come_out_whole_however_the_stream_is_cut(
    sent: list[tuple[dict[str, object], bytes]], places: list[int]
) -> None:
    stream = b"".join(pack(header, payload) for header, payload in sent)
    buffer = FrameBuffer()

    received = [frame for part in cut(stream, places) for frame in buffer.feed(part)]

    assert received == sent


@given(
    sent=st.lists(st.tuples(st.integers(0, 255), st.binary(max_size=200)), max_size=5),
    places=st.lists(st.integers(min_value=0), max_size=12),
)
def test_tagged_frames_come_out_whole_however_the_stream_is_cut(
    sent: list[tuple[int, bytes]], places: list[int]
) -> None:
    stream = b"".join(pack_tagged(tag, payload) for tag, payload in sent)
    buffer = TaggedBuffer(1_000)

    received = [frame for part in cut(stream, places) for frame in buffer.feed(part)]

    assert received == sent


@pytest.mark.parametrize(
    "head",
    [b"", b"[]", b"7", b"null", b"{", b"\xff\xfe", b"[" * 100_000, b'{"a":1}}'],
    ids=["empty", "list", "number", "null", "cut", "not UTF-8", "deep", "too much"],
)
def test_a_header_that_is_no_object_is_refused(head: bytes) -> None:
    with pytest.raises(BadFrame):
        list(FrameBuffer().feed(struct.pack(">II", len(head), 0) + head))


def test_a_header_over_its_cap_is_refused_from_its_length_alone() -> None:
    with pytest.raises(BadFrame):
        list(FrameBuffer().feed(struct.pack(">II", MAX_HEADER_BYTES + 1, 0)))


def test_a_payload_over_its_cap_is_refused_from_its_length_alone() -> None:
    with pytest.raises(BadFrame):
        list(FrameBuffer(max_payload=10).feed(struct.pack(">II", 2, 11)))


def test_a_tagged_payload_over_its_cap_is_refused_from_its_length_alone() -> None:
    with pytest.raises(BadFrame):
        list(TaggedBuffer(10).feed(struct.pack(">BI", 4, 11)))


def test_a_payload_of_exactly_the_cap_is_let_through() -> None:
    assert list(TaggedBuffer(10).feed(pack_tagged(4, b"x" * 10))) == [(4, b"x" * 10)]


@given(header=headers)
def test_a_header_is_json_that_anybody_can_read(header: dict[str, object]) -> None:
    frame = pack(header, b"rest")

    size = int.from_bytes(frame[:4], "big")

    assert json.loads(frame[8 : 8 + size]) == header
