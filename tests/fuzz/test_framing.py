"""Any bytes, cut anyhow, are the same frames or BadFrame, and cost no more than the caps."""

import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.proxy.framing import BadFrame, FrameBuffer, TaggedBuffer, pack, pack_tagged
from tests.fuzz.examples import at_most, cut, edited, edits, many, places

Buffer = FrameBuffer | TaggedBuffer
CAP = 64
frames = st.binary(max_size=40) | st.builds(
    lambda parts, changed: edited(b"".join(parts), changed),
    st.lists(
        st.builds(pack, st.dictionaries(st.text(max_size=3), st.integers()), st.binary(max_size=9))
        | st.builds(pack_tagged, st.integers(0, 255), st.binary(max_size=9))
        | st.builds(lambda a, b: struct.pack(">II", a, b), st.integers(0, 80), st.integers(0, 80)),
        max_size=4,
    ),
    edits,
)


def heard(buffer: Buffer, parts: list[bytes]) -> list[Any]:
    """What a buffer makes of a stream; the last is None where it was refused."""
    frames: list[Any] = []
    try:
        for part in parts:
            for frame in buffer.feed(part):
                frames.append(frame)  # noqa: PERF402 (extend would lose them when the next is bad)
    except BadFrame:
        frames.append(None)
    return frames


@many
@given(frames, places)
def test_cutting_the_stream_elsewhere_changes_nothing(data: bytes, places: list[int]) -> None:
    for kind in (FrameBuffer, TaggedBuffer):
        whole = heard(kind(CAP), [data])
        assert heard(kind(CAP), cut(data, places)) == whole
        assert heard(kind(CAP), [data[n : n + 1] for n in range(len(data))]) == whole


@many
@given(frames, frames)
def test_after_a_bad_frame_nothing_is_a_frame_any_more(data: bytes, more: bytes) -> None:
    for kind in (FrameBuffer, TaggedBuffer):
        buffer = kind(CAP)
        if heard(buffer, [data])[-1:] == [None]:
            assert heard(buffer, [more]) == heard(buffer, [pack({})]) == [None]


@pytest.mark.parametrize(
    ("buffer", "begin"),
    [
        (FrameBuffer(1 << 20), struct.pack(">II", 2, 1 << 20) + b"{}"),
        (FrameBuffer(1 << 20), struct.pack(">II", 2, (1 << 20) + 1)),
        (FrameBuffer(1 << 20), struct.pack(">II", 2, 0) + b"[]"),
        (TaggedBuffer(1 << 20), struct.pack(">BI", 4, 1 << 20)),
        (TaggedBuffer(1 << 20), struct.pack(">BI", 4, 0xFFFFFFFF)),
    ],
    ids=["largest", "too large", "bad header", "largest tagged", "too large tagged"],
)
def test_a_flood_costs_no_more_than_the_cap_and_a_piece(buffer: Buffer, begin: bytes) -> None:
    piece = b"\xff" * (1 << 16)
    with at_most(4):  # the cap, what is handed out, and room for a bytearray to grow
        heard(buffer, [begin])
        for _ in range(400):
            heard(buffer, [piece])
