"""Arrays, numpy scalars and generators: every allowed dtype exactly, anything else by its name."""

from typing import Any

import msgpack
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from judge.proxy.codec import plain_codec
from judge.proxy.codes import CannotCross, Ext, Malformed

codec = plain_codec()
Array = Any

dtypes = (
    npst.boolean_dtypes()
    | npst.integer_dtypes(endianness="?")
    | npst.unsigned_integer_dtypes(endianness="?")
    | npst.floating_dtypes(endianness="?")
    | npst.complex_number_dtypes(endianness="?")
    | npst.byte_string_dtypes(endianness="?", min_len=1)
    | npst.unicode_string_dtypes(endianness="?", min_len=1)
    | npst.datetime64_dtypes(endianness="?")
    | npst.timedelta64_dtypes(endianness="?")
)
arrays = dtypes.flatmap(
    lambda dtype: npst.arrays(dtype, npst.array_shapes(min_dims=0, min_side=0, max_side=4))
)


def crossed(value: object) -> Any:
    return codec.decode(codec.encode(value))


def same(one: Array, other: Array) -> bool:
    return (
        type(one) is type(other)
        and one.dtype == other.dtype
        and one.dtype.str == other.dtype.str
        and one.shape == other.shape
        and one.tobytes() == other.tobytes()
    )


@given(arrays)
def test_an_array_comes_back_as_exactly_what_it_was(array: Array) -> None:
    assert same(crossed(array), array)


@given(arrays.filter(lambda array: array.size > 0))
def test_a_numpy_scalar_comes_back_as_exactly_what_it_was(array: Array) -> None:
    scalar = array.flat[0]
    back = crossed(scalar)

    assert type(back) is type(scalar)
    assert back.dtype.newbyteorder("=") == scalar.dtype.newbyteorder("=")
    assert back.tobytes() == scalar.tobytes() or str(back) == str(scalar)


@given(arrays)
def test_what_comes_back_owns_its_memory_and_can_be_written(array: Array) -> None:
    back = crossed(array)

    assert back.flags.writeable
    assert back.base is None or back.base.base is None
    assert back.flags.c_contiguous or back.flags.f_contiguous


@pytest.mark.parametrize(
    "array",
    [
        np.arange(12).reshape(3, 4)[:, ::2],
        np.arange(12).reshape(3, 4)[::-1],
        np.arange(12).reshape(3, 4).T,
        np.broadcast_to(np.arange(3), (4, 3)),
        np.zeros((0, 3)),
        np.zeros((3, 0), order="F"),
        np.array(7),
        np.array(["2024-01-01T00:00", "NaT"], "M8[25s]"),
        np.asfortranarray(np.ones((3, 2))),
        np.array([-0.0, np.nan, np.inf]),
    ],
    ids=lambda array: f"{array.dtype}{array.shape}{array.strides}",
)
def test_layouts_of_all_kinds_cross(array: Array) -> None:
    assert same(crossed(array), array)


def test_the_order_of_memory_is_kept() -> None:
    assert crossed(np.asfortranarray(np.ones((3, 2)))).flags.f_contiguous
    assert crossed(np.ones((3, 2))).flags.c_contiguous


@pytest.mark.parametrize(
    ("array", "name"),
    [
        (np.array([object()]), "object"),
        (np.array([None, 1]), "object"),
        (np.zeros(2, [("a", int), ("b", float)]), r"\('a'"),
        (np.zeros(2, "V8"), r"\|V8"),
    ],
)
def test_objects_and_structures_are_refused_by_their_dtype(array: Array, name: str) -> None:
    with pytest.raises(CannotCross, match=name):
        codec.encode(array)


def test_a_subclass_of_numpy_crosses_as_the_array_it_holds() -> None:
    masked = np.ma.masked_array([1, 2], mask=[True, False])

    assert same(crossed(masked), np.array([1, 2]))


@pytest.mark.parametrize("bits", ["PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"])
def test_a_generator_goes_on_where_it_was(bits: str) -> None:
    generator = np.random.Generator(getattr(np.random, bits)(5))
    generator.random(3)
    generator.integers(9, dtype=np.int32)

    back = crossed(generator)

    assert np.array_equal(back.random(5), generator.random(5))
    assert np.array_equal(back.integers(9, size=5), generator.integers(9, size=5))


def content(*parts: object, code: int = Ext.NDARRAY) -> bytes:
    return bytes(msgpack.packb(msgpack.ExtType(code, msgpack.packb(list(parts)))))


@pytest.mark.parametrize(
    "parts",
    [
        ("|O", [1], "C", b"\0" * 8),
        ("O", [1], "C", b"\0" * 8),
        ("|V8", [1], "C", b"\0" * 8),
        ("<f8,<f8", [1], "C", b"\0" * 16),
        ("{'names':['a'],'formats':['O']}", [1], "C", b"\0" * 8),
        ("<f8", [2], "C", b"\0" * 8),
        ("<f8", [-1], "C", b""),
        ("<f8", [1 << 62, 4], "C", b""),
        ("<f8", [1], "K", b"\0" * 8),
        ("<f8", 1, "C", b"\0" * 8),
        ("<f8", [1.0], "C", b"\0" * 8),
        ("<f8", [True], "C", b"\0" * 8),
        ("<f8", [1] * 65, "C", b"\0" * 8),
        ("<f8", [1], "C", "text...."),
        ("<f8", [1], "C", [0] * 8),
        ("<M8[lightyears]", [1], "C", b"\0" * 8),
        ("<M8[99999999999999999999s]", [1], "C", b"\0" * 8),
        ("<U1", [1], "<", b"\0" * 4),
        ("<U1", [1], "C", b"\xff\xff\xff\x7f"),
        (">U1", [1], "C", b"\x7f\xff\xff\xff"),
        (8, [1], "C", b"\0" * 8),
        ("<f8",),
        (),
    ],
    ids=repr,
)
def test_a_content_that_numpy_would_never_make_is_malformed(parts: tuple[object, ...]) -> None:
    for code in (Ext.NDARRAY, Ext.NUMPY_SCALAR):
        with pytest.raises(Malformed):
            codec.decode(content(*parts, code=code))


def test_a_bool_is_true_or_false_whatever_its_byte_was() -> None:
    back = codec.decode(content("|b1", [3], "C", b"\x02\x00\xff"))

    assert back.tobytes() == b"\x01\x00\x01"


@given(st.lists(st.integers(0, 1 << 62), max_size=3))
def test_an_array_is_never_larger_than_its_bytes(shape: list[int]) -> None:
    try:
        back = codec.decode(content("<U0", shape, "C", b""))
    except Malformed:
        return

    assert back.size <= 1


@pytest.mark.parametrize(
    "parts",
    [
        ("RandomState", {}),
        ("Generator", {}),
        ("__class__", {}),
        ("PCG64", {}),
        ("PCG64", None),
        ("PCG64", {"bit_generator": "PCG64"}),
        ("MT19937", {"bit_generator": "MT19937", "state": {"key": [1], "pos": 1 << 40}}),
        ("Philox", {"bit_generator": "Philox", "state": {"counter": [], "key": []}}),
        ("SFC64", {"bit_generator": "SFC64", "state": {"state": 7}}),
    ],
    ids=repr,
)
def test_a_generator_of_no_known_state_is_malformed(parts: tuple[object, ...]) -> None:
    with pytest.raises(Malformed):
        codec.decode(content(*parts, code=Ext.NUMPY_GENERATOR))


def test_a_moment_of_no_length_is_malformed() -> None:
    good = codec.encode(np.array(["2020-01-01"], "M8[2s]"))

    with pytest.raises(Malformed):
        codec.decode(good.replace(b"[2s]", b"[0s]"))
