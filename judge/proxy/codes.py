"""The codes of values on the wire, and the two ways in which a value is refused."""

from enum import IntEnum


class CannotCross(Exception):
    """A value that has no bytes; the text names its type or its shape."""


class Malformed(Exception):
    """Bytes that no encoder of ours makes."""


class Ext(IntEnum):
    """Extension codes of values."""

    TUPLE = 1
    SET = 2
    FROZENSET = 3
    COMPLEX = 4
    BIG_INT = 5
    RANGE = 6
    DECIMAL = 7
    FRACTION = 8
    DATETIME = 9
    DATE = 10
    TIME = 11
    TIMEDELTA = 12
    NDARRAY = 16
    NUMPY_SCALAR = 17
    NUMPY_GENERATOR = 18
    PANDAS = 20
