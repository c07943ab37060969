"""Whether two answers are the same: equal, and where they are floats equal but for rounding."""

import math
from decimal import Decimal
from typing import Any

import numpy as np

RELATIVE, ABSOLUTE = 1e-6, 1e-9
_SEQUENCES = (list, tuple)


def agree(one: Any, other: Any) -> bool:
    """Whether two plain values are the same; NaN is NaN, a tuple is no list, 2 is 2.0."""
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        return _arrays(one, other)
    if isinstance(one, float | complex) or isinstance(other, float | complex):
        return _numbers(one, other)
    if isinstance(one, _SEQUENCES) and type(one) is type(other):
        return len(one) == len(other) and all(map(agree, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(agree(one[key], other[key]) for key in one)
    return _others(one, other)


def _others(one: Any, other: Any) -> bool:
    if isinstance(one, Decimal) and isinstance(other, Decimal) and one.is_nan():
        return other.is_nan()
    return bool(one.equals(other) if hasattr(one, "equals") else one == other)  # pandas has it


def _arrays(one: Any, other: Any) -> bool:
    if not (isinstance(one, np.ndarray) and isinstance(other, np.ndarray)):
        return False
    if one.shape != other.shape:
        return False
    if one.dtype.kind in "fc" or other.dtype.kind in "fc":
        numeric = one.dtype.kind in "biufc" and other.dtype.kind in "biufc"
        return numeric and bool(np.allclose(one, other, RELATIVE, ABSOLUTE, equal_nan=True))
    return bool(np.array_equal(one, other))


def _numbers(one: Any, other: Any) -> bool:
    if not all(isinstance(value, int | float | complex | np.number) for value in (one, other)):
        return False
    if isinstance(one, complex) or isinstance(other, complex):
        return bool(np.isclose(one, other, RELATIVE, ABSOLUTE, equal_nan=True))
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    return math.isclose(one, other, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
