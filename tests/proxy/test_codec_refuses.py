"""Bytes from the box may be anything: decoding them gives plain data or Malformed, nothing else."""

from typing import Any

import msgpack
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.proxy.codec import MAX_CONTAINERS, Codec, Ref, plain_codec
from judge.proxy.codes import Ext, Malformed
from judge.proxy.collisions import MAX_SHARED_HASH
from judge.proxy.extensions import EXACT

codec = plain_codec()
P = (1 << 61) - 1  # integers that differ by it share their hash

ORIGINALS: list[Any] = [
    None,
    [1, -1, 1 << 70, 2.5, "text", b"bytes", True],
    {"a": (1, 2), (3, 4): {5}, frozenset({6}): range(3)},
    [complex(1, 2), *(cls() for cls in (int, tuple, set, frozenset))],
    np.arange(6).reshape(2, 3),
    [np.float32(1.5), np.array(["ab", "c"]), np.array([True, False])],
    np.array(["2024-01-01"], "M8[D]"),
    np.random.default_rng(1),
    np.random.Generator(np.random.MT19937(1)),
    np.random.Generator(np.random.Philox(1)),
]
ENCODED = [codec.encode(value) for value in ORIGINALS]
ALLOWED = {
    type(None), bool, int, float, str, bytes, list, dict,
    np.ndarray, np.random.Generator, *EXACT,
}  # fmt: skip


def ext(code: int, content: object) -> bytes:
    return bytes(msgpack.packb(msgpack.ExtType(code, msgpack.packb(content))))


def require_plain(value: Any) -> None:
    assert type(value) in ALLOWED or isinstance(value, np.generic), type(value)
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            require_plain(inner)


def decode_or_malformed(data: bytes) -> None:
    try:
        value = codec.decode(data)
    except Malformed:
        return
    require_plain(value)


@given(
    original=st.sampled_from(ENCODED),
    edits=st.lists(
        st.tuples(st.integers(min_value=0), st.integers(0, 255)), min_size=1, max_size=4
    ),
)
def test_mutated_bytes_are_plain_data_or_malformed(
    original: bytes, edits: list[tuple[int, int]]
) -> None:
    data = bytearray(original)
    for place, byte in edits:
        data[place % len(data)] = byte

    decode_or_malformed(bytes(data))


@given(original=st.sampled_from(ENCODED), end=st.integers(min_value=0))
def test_truncated_bytes_are_malformed(original: bytes, end: int) -> None:
    with pytest.raises(Malformed):
        codec.decode(original[: end % len(original)])


@given(st.binary(max_size=60))
def test_random_bytes_are_plain_data_or_malformed(data: bytes) -> None:
    decode_or_malformed(data)


contents = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.floats() | st.text(max_size=4)
    | st.binary(max_size=9) | st.sampled_from(["<f8", "C", "PCG64", "frame", "list", "object"]),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)  # fmt: skip


@given(code=st.sampled_from([*map(int, Ext), *map(int, Ref), 0, 99, 127]), content=contents)
def test_any_content_of_an_extension_is_plain_data_or_malformed(code: int, content: object) -> None:
    if code == Ext.PANDAS:
        pytest.importorskip("pandas")
        with_pandas(ext(code, content))
    else:
        decode_or_malformed(ext(code, content))


def with_pandas(data: bytes) -> None:
    try:
        codec.decode(data)
    except Malformed:
        return


def test_bytes_after_the_value_are_malformed() -> None:
    with pytest.raises(Malformed):
        codec.decode(codec.encode(1) + b"\x01")


@pytest.mark.parametrize("data", [b"\x91" * 100_000 + b"\x01", b"\x81\x01" * 100_000 + b"\x01"])
def test_lists_and_dicts_nested_beyond_measure_are_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        codec.decode(data)


@pytest.mark.parametrize("container", [b"\x90", b"\x80", b"\x91\x01", b"\x81\x01\x01"])
def test_more_lists_and_dicts_than_a_grader_has_memory_for_are_malformed(container: bytes) -> None:
    outer = b"\xdd" + (MAX_CONTAINERS + 1).to_bytes(4, "big")

    with pytest.raises(Malformed, match="more than 2,000,000 lists and dicts"):
        codec.decode(outer + container * (MAX_CONTAINERS + 1))


def test_more_references_than_a_grader_has_time_for_are_malformed() -> None:
    seen: list[object] = []
    referring = Codec(lambda _: None, seen.append)
    one = msgpack.packb(msgpack.ExtType(Ref.HANDLE, msgpack.packb([1, ""])))
    number = 100_001

    with pytest.raises(Malformed, match="too many values"):
        referring.decode(b"\xdd" + number.to_bytes(4, "big") + one * number)
    assert len(seen) == number - 1


def test_want_of_memory_in_the_middle_of_a_value_is_just_that() -> None:
    def no_memory(_reference: object) -> object:
        raise SystemError("a hook returned a result with an exception set")  # as msgpack says it

    one = msgpack.packb(msgpack.ExtType(Ref.HANDLE, msgpack.packb([1, ""])))

    with pytest.raises(MemoryError):
        Codec(lambda _: None, no_memory).decode(b"\xdd\0\0\0\1" + one)


def test_a_million_pairs_are_let_through() -> None:
    assert codec.decode(codec.encode([[1, 2]] * 1_000_000)) == [[1, 2]] * 1_000_000


def test_extensions_nested_beyond_measure_are_malformed() -> None:
    data = msgpack.packb([])
    for _ in range(500):
        data = msgpack.packb(msgpack.ExtType(Ext.TUPLE, data))

    with pytest.raises(Malformed):
        codec.decode(data)


@pytest.mark.parametrize("container", ["dict", "set", "frozenset"])
def test_keys_made_to_collide_are_malformed(container: str) -> None:
    keys = [n * P for n in range(1, 20_001)]
    numbers = [n if n < 1 << 63 else msgpack.ExtType(Ext.BIG_INT, big(n)) for n in keys]
    data = (
        msgpack.packb(dict.fromkeys(numbers, 0))
        if container == "dict"
        else msgpack.packb(msgpack.ExtType(Ext[container.upper()], msgpack.packb(numbers)))
    )

    with pytest.raises(Malformed, match="share their hashes"):
        codec.decode(data)


def test_honest_dicts_of_any_size_are_let_through() -> None:
    value = {n: str(n) for n in range(20_000)} | dict.fromkeys([-1, -2], 0)

    assert codec.decode(codec.encode(value)) == value


def test_a_few_hundred_keys_of_one_hash_are_malformed_too() -> None:
    keys = [n * P for n in range(1, 4 * MAX_SHARED_HASH)]
    numbers = [n if n < 1 << 63 else msgpack.ExtType(Ext.BIG_INT, big(n)) for n in keys]

    with pytest.raises(Malformed):
        codec.decode(msgpack.packb(dict.fromkeys(numbers, 0)))


def big(number: int) -> bytes:
    size = number.bit_length() // 8 + 1
    return bytes(msgpack.packb(number.to_bytes(size, "little", signed=True)))


@pytest.mark.parametrize("data", ["d6ff00000000", "d7ff0000000000000000", "c70cff" + "00" * 12])
def test_the_time_stamps_of_msgpack_are_plain_data_or_malformed(data: str) -> None:
    decode_or_malformed(bytes.fromhex(data))


class Lazy:
    """What a handle is to the codec: it can be iterated, and each step asks the box."""

    def __len__(self) -> int:
        return 2

    def __getitem__(self, place: int) -> int:
        if place > 1:
            raise IndexError
        return place


@pytest.mark.parametrize("code", [Ext.TUPLE, Ext.SET, Ext.FROZENSET, Ext.TIMEDELTA, Ext.RANGE])
def test_a_lazy_object_is_never_asked_for_a_content(code: Ext) -> None:
    resolving = Codec(lambda _: None, lambda _: Lazy())

    with pytest.raises(Malformed):
        resolving.decode(ext(code, msgpack.ExtType(Ref.HANDLE, msgpack.packb([1, "x"]))))


def test_a_fraction_of_enormous_numbers_is_malformed() -> None:
    parts = [msgpack.ExtType(Ext.BIG_INT, big((1 << 400_000) + odd)) for odd in (1, 3)]

    with pytest.raises(Malformed):
        codec.decode(ext(Ext.FRACTION, parts))


@pytest.mark.parametrize("kind", list(Ref))
def test_a_reference_among_plain_data_is_malformed(kind: Ref) -> None:
    with pytest.raises(Malformed):
        codec.decode(ext(kind, [1, "x"]))


def test_decoding_never_imports_or_looks_up_a_name() -> None:
    for name in ("os", "subprocess", "builtins.eval"):
        for code in Ext:
            decode_or_malformed(ext(code, [name, name, name, name]))
            decode_or_malformed(ext(code, name))
