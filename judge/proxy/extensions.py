"""What msgpack has no form for, one row a type: its code, its content, and how to restore it."""

import datetime
import decimal
import fractions
import sys
from collections.abc import Callable
from typing import Any

from judge.proxy.codes import CannotCross, Ext, Malformed

EXACT: dict[type, tuple[Ext, Callable[[Any], object]]] = {
    tuple: (Ext.TUPLE, list),
    set: (Ext.SET, list),
    frozenset: (Ext.FROZENSET, list),
    complex: (Ext.COMPLEX, lambda z: [z.real, z.imag]),
    int: (Ext.BIG_INT, lambda n: n.to_bytes(n.bit_length() // 8 + 1, "little", signed=True)),
    range: (Ext.RANGE, lambda r: [r.start, r.stop, r.step]),
    decimal.Decimal: (Ext.DECIMAL, str),
    fractions.Fraction: (Ext.FRACTION, lambda f: [f.numerator, f.denominator]),
    datetime.datetime: (Ext.DATETIME, lambda d: _naive(d).isoformat()),
    datetime.date: (Ext.DATE, lambda d: d.isoformat()),
    datetime.time: (Ext.TIME, lambda t: _naive(t).isoformat()),
    datetime.timedelta: (Ext.TIMEDELTA, lambda d: [d.days, d.seconds, d.microseconds]),
}

_RESTORE: dict[int, Callable[[Any], object]] = {
    Ext.TUPLE: tuple,
    Ext.SET: set,
    Ext.FROZENSET: frozenset,
    Ext.COMPLEX: lambda parts: complex(*parts),
    Ext.BIG_INT: lambda data: int.from_bytes(data, "little", signed=True),
    Ext.RANGE: lambda parts: _range(*parts),
    Ext.DECIMAL: lambda text: _affordable(decimal.Decimal(text)),
    Ext.FRACTION: lambda parts: fractions.Fraction(*parts),
    Ext.DATETIME: datetime.datetime.fromisoformat,
    Ext.DATE: datetime.date.fromisoformat,
    Ext.TIME: datetime.time.fromisoformat,
    Ext.TIMEDELTA: lambda parts: datetime.timedelta(*parts),
}

# What the content of an extension must be, exactly: restoring may not call into anything.
_CONTENT: dict[int, tuple[type, type | None]] = {
    Ext.TUPLE: (list, None),
    Ext.SET: (list, None),
    Ext.FROZENSET: (list, None),
    Ext.COMPLEX: (list, float),
    Ext.BIG_INT: (bytes, None),
    Ext.RANGE: (list, int),
    Ext.DECIMAL: (str, None),
    Ext.FRACTION: (list, int),
    Ext.DATETIME: (str, None),
    Ext.DATE: (str, None),
    Ext.TIME: (str, None),
    Ext.TIMEDELTA: (list, int),
    Ext.NDARRAY: (list, None),
    Ext.NUMPY_SCALAR: (list, None),
    Ext.NUMPY_GENERATOR: (list, None),
    Ext.PANDAS: (list, None),
}
# Reducing a fraction and reading a decimal take more than linear time.
MAX_EXACT_BITS = 1 << 15
MAX_EXPONENT = 1 << 15  # of ten: whoever makes an integer of a decimal writes as many digits
MAX_RANGE = 1 << 24
# A frame of a few bytes takes a millisecond to be made, and a value may have millions of bytes.
MAX_EFFORT = 1_000_000
PANDAS_PART_EFFORT = 20
ZONE_EFFORT = 200  # of a moment: the zone may have to be read from a file
HASHED_PER_PART = 8_000  # pairs of keys that may collide, in a table of pandas
_OF_PARTS = frozenset({"frame", "series", "index"})
_HASHING = frozenset({"multi", "category"})  # pandas puts what is in them into tables of its own

# Base types in the order in which a subclass is looked at: bool cannot be subclassed, datetime is
# a date, and a float subclass is what numpy.float64 would be had `exact` not taken it first.
_BASES = (int, float, complex, str, bytes, datetime.datetime, datetime.date, tuple, frozenset)
_CONTAINERS = (list, dict, set)


def type_name(value: object) -> str:
    """Return the name a person knows the type of a value by."""
    cls = type(value)
    module = getattr(cls, "__module__", "builtins")
    name = getattr(cls, "__qualname__", "?")
    return str(name) if module in {"builtins", "solution", "__main__"} else f"{module}.{name}"


def exact(value: object) -> tuple[int, object] | None:
    """Return code and content of a value whose type is exactly one of ours, or None."""
    row = EXACT.get(type(value))
    if row is not None:
        code, content = row
        return code, content(value)
    return _of_library(value)


def _of_library(value: object) -> tuple[int, object] | None:
    library = type(value).__module__.partition(".")[0]
    if library == "numpy" or (library == "torch" and "numpy" in sys.modules):
        from judge.proxy import arrays  # noqa: PLC0415 (numpy is loaded only where a value is of it)

        return arrays.content(value)
    if library == "pandas":
        from judge.proxy import dataframes  # noqa: PLC0415 (pandas is not part of every profile)

        return dataframes.content(value)
    return None


def base_value(value: object) -> object | None:
    """Return a subclass instance as the builtin it extends (Counter → dict), or None."""
    for base in _BASES:
        if isinstance(value, base):
            return _immutable_base(base, value)
    for container in _CONTAINERS:
        if isinstance(value, container):
            return container(value)
    if isinstance(value, bytearray):
        return bytes(value)
    return None


def _immutable_base(base: type, value: Any) -> object:
    if base is str:
        return str.__str__(value)
    if base is datetime.datetime:
        return datetime.datetime.combine(value.date(), value.timetz())
    if base is datetime.date:
        return datetime.date(value.year, value.month, value.day)
    if base is int:
        return int.__int__(value)
    return base.__new__(base, value) if base is not tuple else tuple(iter(value))


def check_content(code: int, content: Any) -> None:
    """Raise Malformed unless the content of an extension is of the types its encoder gives."""
    if code not in _CONTENT:
        raise Malformed(f"extension {code}")
    whole, part = _CONTENT[code]
    if not _is_exactly(whole, content):
        raise Malformed(f"extension {code} with content of type {type(content).__name__}")
    if part is not None and not all(_is_exactly(part, one) for one in content):
        raise Malformed(f"extension {code} with a part of another type")
    if code == Ext.FRACTION and any(n.bit_length() > MAX_EXACT_BITS for n in content):
        raise Malformed("a fraction of enormous numbers")
    if code == Ext.DECIMAL and len(content) > MAX_EXACT_BITS:
        raise Malformed("a decimal of enormous length")


def effort(code: int, content: Any) -> int:
    """Return how dear the content of an extension is to restore: a microsecond or more is 1."""
    if code != Ext.PANDAS:
        return 1
    if _kind(content) in _OF_PARTS:
        return PANDAS_PART_EFFORT * _parts(content)
    return 1 if content[2:] in ([], [None], ["UTC"]) else ZONE_EFFORT


def _parts(content: list[Any]) -> int:
    kind = _kind(content)
    if kind == "list":
        return 1  # a column of values, which are what they are
    parts = 1 + sum(_parts(part) for part in content if type(part) is list)
    if kind in _HASHING:
        parts += _longest(content[2:3]) ** 2 // HASHED_PER_PART
    return parts


def _longest(content: Any) -> int:
    """Return the length of the longest list or array inside, however deep it is."""
    if type(content) is list:
        return max(len(content), *map(_longest, content), 0)
    shape = getattr(content, "shape", None)  # of nothing but an array
    return max(shape, default=0) if type(shape) is tuple else 0


def _kind(content: list[Any]) -> str | None:
    return content[0] if content and type(content[0]) is str else None


def _is_exactly(wanted: type, value: object) -> bool:
    return type(value) is wanted


def restore(code: int, content: Any) -> object:
    """Return the value of an extension, or raise Malformed."""
    if (builtin := _RESTORE.get(code)) is not None:
        try:
            return builtin(content)
        except (TypeError, ValueError, ArithmeticError, MemoryError) as error:
            raise Malformed(f"{Ext(code).name}: {error}") from error
    if code in {Ext.NDARRAY, Ext.NUMPY_SCALAR, Ext.NUMPY_GENERATOR}:
        from judge.proxy import arrays  # noqa: PLC0415 (numpy is loaded only where a value is of it)

        return arrays.restore(code, content)
    if code == Ext.PANDAS:
        try:
            from judge.proxy import dataframes  # noqa: PLC0415 (not part of every profile)
        except ImportError as error:
            raise Malformed("a value of pandas, which is not here") from error
        return dataframes.restore(content)
    raise Malformed(f"extension {code}")


def _range(start: int, stop: int, step: int) -> range:
    """Return a range that somebody can afford to go through."""
    found = range(start, stop, step)
    if found[MAX_RANGE:]:
        raise Malformed(f"a range of more than {MAX_RANGE} numbers")
    return found


def _affordable(number: decimal.Decimal) -> decimal.Decimal:
    """Return a decimal of which somebody can afford to make an integer."""
    if number.is_finite() and abs(number.adjusted()) > MAX_EXPONENT:
        raise Malformed("a decimal of enormous size")
    return number


def _naive(moment: Any) -> Any:
    if moment.tzinfo is not None and not isinstance(moment.tzinfo, datetime.timezone):
        raise CannotCross("a time with a time zone other than a fixed offset")
    return moment
