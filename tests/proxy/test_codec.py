"""Every value comes back as exactly what it was; what has no bytes is refused by its name."""

import datetime
import decimal
import enum
import fractions
import math
import struct
from collections import Counter, OrderedDict, defaultdict, namedtuple
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from judge.proxy.codec import Codec, Ref, Reference, plain_codec
from judge.proxy.codes import CannotCross

codec = plain_codec()


def without_fold(moment: Any) -> Any:
    return moment.replace(fold=0)  # which of two equal moments it is does not cross


scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=-(1 << 300), max_value=1 << 300)
    | st.floats(allow_nan=True)
    | st.complex_numbers(allow_nan=True)
    | st.text(st.characters(codec=None))
    | st.text(st.characters(categories=["Cs"]))
    | st.binary()
    | st.builds(
        lambda a, n, s: range(a, a + n * s, s), st.integers(), st.integers(0, 99), st.integers(1)
    )
    | st.decimals()
    | st.fractions()
    | st.dates()
    | st.datetimes().map(without_fold)
    | st.times().map(without_fold)
    | st.timedeltas()
)
scalars_as_keys = scalars.filter(
    lambda value: not isinstance(value, float | complex | decimal.Decimal)
)
hashable = st.recursive(
    scalars_as_keys,
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple) | st.frozensets(scalars_as_keys, max_size=3)
    ),
    max_leaves=5,
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.sets(hashable, max_size=4)
        | st.frozensets(hashable, max_size=4)
        | st.dictionaries(hashable, inner, max_size=4)
    ),
    max_leaves=20,
)


def crossed(value: object) -> Any:
    return codec.decode(codec.encode(value))


def exactly(one: Any, other: Any) -> bool:
    """Equal in type and value all the way down, NaN payloads and signs of zero included."""
    if type(one) is not type(other):
        return False
    match one:
        case float():
            return struct.pack("d", one) == struct.pack("d", other)
        case complex():
            return exactly(one.real, other.real) and exactly(one.imag, other.imag)
        case list() | tuple():
            return len(one) == len(other) and all(map(exactly, one, other))
        case dict():
            return exactly(list(one.items()), list(other.items()))
        case set() | frozenset():
            return sorted(map(typed, one)) == sorted(map(typed, other))
        case decimal.Decimal():
            return one.as_tuple() == other.as_tuple()
    return bool(one == other)


def typed(value: object) -> str:
    if isinstance(value, frozenset):
        return f"frozenset {sorted(map(typed, value))}"
    if isinstance(value, tuple):
        return f"tuple {[typed(one) for one in value]}"
    return f"{type(value).__name__} {value!r}"


@given(values)
@example(-0.0)
@example([0, 0.0, False, None, "", b"", (), [], {}, set(), frozenset()])
@example({(1, (2, frozenset({3}))): {"a": ({1}, [2])}})
@example((((),),))
@example(["\ud800", "\x00", "\U0010ffff"])
@example(-(1 << 63) - 1)
@example([(1 << 63) - 1, 1 << 63, (1 << 64) - 1, 1 << 64, -(1 << 63)])
@example(complex(-0.0, math.nan))
@example({True: 1})
@example(range(0, 10, 3))
@example(datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC))
def test_a_value_comes_back_as_exactly_what_it_was(value: object) -> None:
    assert exactly(crossed(value), value)


@given(st.integers(min_value=0, max_value=(1 << 52) - 1), st.booleans())
def test_a_nan_keeps_its_payload(payload: int, negative: bool) -> None:
    bits = (negative << 63) | (0x7FF << 52) | payload
    value = struct.unpack("d", struct.pack("Q", bits))[0]

    assert struct.unpack("Q", struct.pack("d", crossed(value)))[0] == bits


def test_an_integer_of_a_million_digits_crosses() -> None:
    value = 10**1_000_000

    assert crossed(value) == value


Point = namedtuple("Point", "x y")


class Level(enum.IntEnum):
    LOW = 1


class Word(str):
    __slots__ = ()

    def __str__(self) -> str:
        return "forged"


class Real(float):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Point(1, 2), (1, 2)),
        (Counter("aab"), {"a": 2, "b": 1}),
        (OrderedDict([(2, 1), (1, 2)]), {2: 1, 1: 2}),
        (defaultdict(list, {"a": [1]}), {"a": [1]}),
        (Level.LOW, 1),
        (Word("real"), "real"),
        (Real(2.5), 2.5),
        (bytearray(b"ab"), b"ab"),
        ([Point(1, Real(2))], [(1, 2.0)]),
        ({Level.LOW: Word("w")}, {1: "w"}),
        (decimal.Decimal("1.50"), decimal.Decimal("1.50")),
        (fractions.Fraction(1, 3), fractions.Fraction(1, 3)),
    ],
)
def test_a_subclass_crosses_as_the_builtin_it_extends(value: object, expected: object) -> None:
    assert exactly(crossed(value), expected)


def cyclic_list() -> list[object]:
    value: list[object] = []
    value.append(value)
    return value


def deep(wrap: type, levels: int) -> object:
    value: object = 0
    for _ in range(levels):
        value = wrap([value]) if wrap is not dict else {0: value}
    return value


@pytest.mark.parametrize(
    "value",
    [cyclic_list(), deep(list, 5_000), deep(dict, 5_000), deep(tuple, 5_000)],
    ids=["cyclic", "deep list", "deep dict", "deep tuple"],
)
def test_what_is_cyclic_or_too_deep_is_refused(value: object) -> None:
    with pytest.raises(CannotCross, match="nested too deeply"):
        codec.encode(value)


@pytest.mark.parametrize("wrap", [list, tuple, dict, frozenset])
def test_what_is_encoded_can_be_decoded_at_any_depth(wrap: type) -> None:
    for levels in (10, 60, 63, 64, 70, 200, 400, 510):
        try:
            encoded = codec.encode(deep(wrap, levels))
        except CannotCross:
            continue
        assert codec.decode(encoded) == deep(wrap, levels)


class Opaque:
    pass


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (Opaque(), "Opaque"),
        (len, "builtin_function_or_method"),
        (object(), "object"),
        ((n for n in [1]), "generator"),
        (iter([1]), "list_iterator"),
        (type, "type"),
        ([1, {"a": Opaque()}], "Opaque"),
    ],
)
def test_what_has_no_bytes_is_refused_by_its_type(value: object, name: str) -> None:
    with pytest.raises(CannotCross, match=name):
        codec.encode(value)


def test_a_time_in_a_named_zone_is_refused() -> None:
    class Named(datetime.tzinfo):
        def utcoffset(self, _moment: object) -> datetime.timedelta:
            return datetime.timedelta(0)

    with pytest.raises(CannotCross, match="time zone"):
        codec.encode(datetime.datetime(2024, 1, 1, tzinfo=Named()))


def test_references_are_the_business_of_each_side() -> None:
    thing = Opaque()

    sending = Codec(lambda value: Reference(Ref.HANDLE, [7, "Opaque"]), lambda _: None)
    receiving = Codec(lambda _: None, lambda reference: (reference.kind, reference.data))

    assert receiving.decode(sending.encode([thing])) == [(Ref.HANDLE, [7, "Opaque"])]
