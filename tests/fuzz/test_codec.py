"""Any bytes from a box are plain data or Malformed, soon, and for a bounded price."""

import struct
import time
import warnings
from collections.abc import Iterator
from typing import Any

import msgpack
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.proxy.codec import Codec, Ref, Reference, plain_codec
from judge.proxy.codes import Ext, Malformed
from tests.fuzz.examples import at_most, edited, edits, many

pd = pytest.importorskip("pandas")
SECONDS = 20.0  # for what would take minutes, on a machine with other things to do


class Probed:
    """What a handle is: it can be gone through, measured and compared, and each step is heard."""

    used: tuple[str, ...] = ()

    def _note(self, *_: Any) -> Any:
        Probed.used += ("x",)
        return 1

    __len__ = __getitem__ = __int__ = __float__ = __index__ = _note

    def __iter__(self) -> Iterator[int]:
        self._note()
        return iter([1, 2])


plain = plain_codec()
probing = Codec(
    lambda value: Reference(Ref.HANDLE, []) if isinstance(value, Probed) else None,
    lambda _: Probed(),
)
VALUES: list[Any] = [
    [None, True, 7, -1 << 70, 0.5, "é", b"\xff", (1, {2}), {3: frozenset({4})}, 1j, range(3)],
    [np.arange(6.0).reshape(2, 3), np.array(["ab"]), np.array(["2024"], "M8[Y]"), np.int8(1)],
    [np.random.default_rng(1), np.random.Generator(np.random.MT19937(1))],
    pd.DataFrame({"a": [1, 2], "b": ["x", None]}, index=pd.Index([5, 6], name="i")),
    pd.DataFrame(
        {"m": pd.Categorical(["u", "v"])}, index=pd.MultiIndex.from_tuples([(1, "a"), (2, "b")])
    ),
    pd.Series(pd.date_range("2024", periods=2, tz="Europe/Berlin"), name="when"),
    [pd.Series([1, None], dtype="Int64"), pd.NaT, pd.Timestamp(0, tz="UTC"), pd.RangeIndex(3)],
    pd.Series([[1, 2], [3, 4]]),
]
ENCODED = [plain.encode(value) for value in VALUES]


def ext(code: int, content: object) -> bytes:
    return bytes(msgpack.packb(msgpack.ExtType(code, packed(content))))


def packed(content: object) -> bytes:
    return bytes(msgpack.packb(content, unicode_errors="surrogatepass"))


words = st.sampled_from(
    ["frame", "series", "index", "multi", "range", "flat", "category", "zoned", "array", "list",
     "object", "Int64", "string", "boolean", "nat", "na", "timestamp", "timedelta", "ns", "UTC",
     "PCG64", "SFC64", "bit_generator", "state", "inc", "<f8", "|b1", "<U1", "<M8[D]", "C", "F"]
)  # fmt: skip
leaves = st.builds(
    packed,
    st.none() | st.booleans() | st.integers(-3, 1 << 63) | st.floats() | words
    | st.text(max_size=3) | st.binary(max_size=16) | st.lists(st.integers(0, 3), max_size=3),
)  # fmt: skip


def containers(inner: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """Lists, dicts and extensions of any code around what are valid bytes themselves."""
    lists = st.lists(inner, max_size=5)
    codes = st.sampled_from([*map(int, Ext), *map(int, Ref), 0, 127, -1])
    return (
        lists.map(lambda parts: bytes([0x90 + len(parts)]) + b"".join(parts))
        | lists.map(
            lambda parts: (
                bytes([0x80 + len(parts) // 2]) + b"".join(parts[:4][: len(parts) // 2 * 2])
            )
        )
        | st.builds(
            lambda code, content: (
                bytes(msgpack.packb(msgpack.ExtType(code, content)))
                if code >= 0
                else b"\xc7" + bytes([len(content) % 256, 0xFF]) + content[: len(content) % 256]
            ),
            codes,
            inner,
        )
    )


forged = st.recursive(leaves, containers, max_leaves=12)


def decode(codec: Codec, data: bytes) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pandas, which are not ours to answer for
        try:
            return codec.decode(data)
        except Malformed as error:
            return error


@many
@given(forged, edits)
def test_forged_bytes_are_data_or_malformed(data: bytes, changed: list[tuple[int, int]]) -> None:
    decode(plain, edited(data, changed))
    decode(probing, edited(data, changed))


@many
@given(st.sampled_from(ENCODED), edits, st.integers(0, 40))
def test_mutated_encodings_are_data_or_malformed(
    data: bytes, changed: list[tuple[int, int]], end: int
) -> None:
    decode(plain, edited(data, changed))
    decode(plain, edited(data, changed)[:-end])
    decode(plain, data + data[:end])


@pytest.mark.parametrize("data", ENCODED, ids=range(len(ENCODED)))
def test_every_single_byte_of_an_encoding_may_be_any_other(data: bytes) -> None:
    for place in range(min(len(data), 150)):
        for byte in (0x00, 0x01, 0x7F, 0x80, 0x90, 0xC1, 0xC9, 0xDD, 0xDF, 0xFF):
            decode(plain, edited(data, [(place, byte)]))


@pytest.mark.parametrize("data", ENCODED, ids=range(len(ENCODED)))
def test_what_was_encoded_is_decoded(data: bytes) -> None:
    assert not isinstance(decode(plain, data), Malformed)


HANDLE = msgpack.ExtType(Ref.HANDLE, packed([]))
NAMED = ["flat", None, ["array", HANDLE]]


@pytest.mark.parametrize(
    ("code", "content"),
    [
        (Ext.NDARRAY, ["|u1", [1], "C", HANDLE]),
        (Ext.NDARRAY, ["|u1", HANDLE, "C", b"x"]),
        (Ext.NDARRAY, ["|u1", [HANDLE], "C", b"x"]),
        (Ext.PANDAS, ["frame", NAMED, NAMED, HANDLE]),
        (Ext.PANDAS, ["series", None, ["range", None, 0, 2, 1], ["list", "object", [HANDLE] * 2]]),
        (Ext.PANDAS, ["index", ["multi", HANDLE, HANDLE]]),
    ],
    ids=str,
)
def test_nobody_looks_into_an_object_that_stands_for_data(code: int, content: object) -> None:
    Probed.used = ()

    decode(probing, ext(code, content))

    assert Probed.used == ()


def test_a_series_of_lists_or_of_objects_is_what_it_was() -> None:
    lists = decode(plain, plain.encode(pd.Series([[1, 2], [3, 4]])))
    things = decode(probing, probing.encode(pd.Series([Probed(), Probed()])))

    assert lists.tolist() == [[1, 2], [3, 4]]
    assert [type(thing) for thing in things] == [Probed, Probed]


@pytest.mark.parametrize("columns", [1, 5_000])
def test_an_honest_frame_is_let_through(columns: int) -> None:
    frame = pd.DataFrame(np.zeros((2, columns)))

    assert decode(plain, plain.encode([frame])).pop().equals(frame)


def many_of(item: bytes, size: int) -> bytes:
    count = size // len(item)
    return b"\xdd" + struct.pack(">I", count) + item * count


MIB = 1 << 20
BIG = msgpack.ExtType(Ext.BIG_INT, packed(bytes(4 * MIB - 1) + b"\x7f"))
EMPTY = ["list", "object", []]
BOMBS = {
    "lists that promise more": (b"\xdd" + struct.pack(">I", MIB - 9_000)) * 900 + bytes(MIB),
    "dicts that promise more": (b"\xdf" + struct.pack(">I", MIB // 2 - 9_000)) * 900 + bytes(MIB),
    "text that promises more": b"\xdb\xff\xff\xff\xff" + bytes(MIB),
    "an extension that promises more": b"\xc9\xff\xff\xff\xff\x01" + bytes(MIB),
    "a shape of enormous integers": ext(Ext.NDARRAY, ["|b1", [BIG, BIG], "C", b""]),
    "a range of enormous integers": ext(Ext.RANGE, [BIG, BIG, 1]),
    "a duration of enormous integers": ext(Ext.TIMEDELTA, [BIG, BIG, BIG, BIG]),
    "a moment of an enormous integer": ext(Ext.PANDAS, ["timestamp", BIG, None]),
    "an endless index": ext(Ext.PANDAS, ["index", ["range", None, 0, 1 << 50, 1]]),
    "indexes": many_of(ext(Ext.PANDAS, ["index", ["multi", [None] * 2, [EMPTY] * 2]]), 4 * MIB),
    "an index of levels": ext(
        Ext.PANDAS, ["index", ["multi", [None] * 200_000, [EMPTY] * 200_000]]
    ),
    "frames": many_of(ext(Ext.PANDAS, ["frame", ["flat", None, EMPTY], ["flat", None, EMPTY], []]),
                      4 * MIB),
    "a frame of columns": ext(
        Ext.PANDAS, ["frame", ["flat", None, EMPTY], ["flat", None, EMPTY], [EMPTY] * 200_000]
    ),
    "categories of categories": ext(
        Ext.PANDAS,
        ["series", None, ["flat", None, EMPTY],
         ["category", [], ["category", [], EMPTY, False], False]],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_few_bytes_do_not_cost_minutes(name: str) -> None:
    started = time.process_time()

    decode(plain, BOMBS[name])

    assert time.process_time() - started < SECONDS


@pytest.mark.parametrize("depth", [1, 3, 62])
def test_nesting_does_not_multiply_memory_without_bound(depth: int) -> None:
    data = packed(bytes(8 * MIB))
    for _ in range(depth):
        data = msgpack.packb(msgpack.ExtType(Ext.TUPLE, b"\x91" + data))

    with at_most(256 + 2 * 8):
        found = decode(plain, data)

    assert isinstance(found, Malformed) == (depth > 3)
