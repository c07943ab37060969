"""Whether numbers are right: as they are, or up to what a problem leaves open.

Every check returns None or raises AssertionError that says where and by how much. What a submission
returned may be anything that crosses; what is expected comes from the author.
"""

from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

_KINDS = {"b": "bool", "i": "integers", "u": "integers", "f": "floats", "c": "complex numbers"}
Values = NDArray[Any]
Fits = Sequence[Sequence[bool]]  # which row of one could be which of the other


def close(  # noqa: PLR0913 (each is one word of what "close" means)
    found: object,
    expected: ArrayLike,
    *,
    rtol: float = 1e-7,
    atol: float = 1e-9,
    kind: Literal["b", "i", "f", "c"] | None = None,
    nan: Literal["equal", "forbidden"] = "equal",
) -> None:
    """Require |found - expected| <= atol + rtol * |expected| everywhere, and the same shape.

    Args:
        found: a number, a nested list of numbers, or an array; shape as `expected`.
        expected: numbers; NaN stands for itself.
        rtol: relative tolerance, without a unit.
        atol: absolute tolerance, in the unit of `expected`.
        kind: the kind of dtype that `found` must have; None leaves it open.
        nan: `equal`: NaN is right exactly where NaN is expected; `forbidden`: nowhere.

    Source: the criterion of numpy.testing.assert_allclose.
    """
    right = np.asarray(expected)
    values = _numbers(found)
    _require_kind(values, kind)
    if values.shape != right.shape:
        raise AssertionError(f"shape {values.shape} where {right.shape} is right")
    if nan == "forbidden" and np.isnan(values).any():
        raise AssertionError(f"NaN at {_place(np.isnan(values))}")
    fits = np.isclose(values, right, rtol=rtol, atol=atol, equal_nan=True)
    if not fits.all():
        at = _index(~fits)
        raise AssertionError(
            f"{values[at]!s} where {right[at]!s} is right, at {_shown(at)}; "
            f"{np.count_nonzero(~fits)} of {fits.size} differ"
        )


def close_up_to_sign(
    found: object, expected: ArrayLike, *, rtol: float = 1e-7, atol: float = 1e-9
) -> None:
    """Require `close` after each column was negated or not; for eigenvectors and components.

    Args:
        found: shape as `expected`.
        expected: shape (n,) for one vector, (n, k) for k columns.
        rtol: as for `close`.
        atol: as for `close`.
    """
    right = np.asarray(expected, dtype=float)
    values = _of_shape(found, right)
    turned = np.where(np.sum(values * right, axis=0) < 0, -1.0, 1.0)
    close(values * turned, right, rtol=rtol, atol=atol)


def close_up_to_order(
    found: object, expected: ArrayLike, *, rtol: float = 1e-7, atol: float = 1e-9
) -> None:
    """Require `close` after the rows were put into some order; for centroids and point sets.

    Args:
        found: shape as `expected`.
        expected: shape (n, ...), with n of a few hundred at most.
        rtol: as for `close`.
        atol: as for `close`.

    Source: a perfect matching between rows that fit, by augmenting paths (Kuhn).
    """
    right = np.asarray(expected)
    values = _of_shape(found, right)
    fits = [[bool(np.allclose(v, r, rtol, atol, equal_nan=True)) for r in right] for v in values]
    partner: dict[int, int] = {}
    for row in range(len(values)):
        if not _match(row, fits, partner, set()):
            raise AssertionError(
                f"row {row} has no right row left that it could be: {values[row]!s}"
            )


def close_up_to_rotation(
    found: object, expected: ArrayLike, *, rtol: float = 1e-7, atol: float = 1e-9
) -> None:
    """Require `close` after the rows were turned or mirrored together; for embeddings.

    Args:
        found: shape as `expected`.
        expected: shape (n, d); distances to the origin and angles must agree.
        rtol: as for `close`, of the n * n inner products.
        atol: as for `close`, of the same.

    Source: X and Y differ by an orthogonal matrix exactly where X X^T = Y Y^T.
    """
    right = np.asarray(expected, dtype=float)
    values = _of_shape(found, right)
    close(values @ values.T, right @ right.T, rtol=rtol, atol=atol)


def same_labels(found: object, expected: ArrayLike) -> None:
    """Require the same grouping under any names; for cluster labels.

    Args:
        found: shape as `expected`.
        expected: shape (n,), of integers.
    """
    right = np.asarray(expected)
    names: dict[int, int] = {}
    back: dict[int, int] = {}
    pairs = zip(_of_shape(found, right).tolist(), right.tolist(), strict=True)
    for at, (name, group) in enumerate(pairs):
        if names.setdefault(group, name) != name:
            raise AssertionError(f"label {name} at ({at}) where {names[group]} began this group")
        if back.setdefault(name, group) != group:
            raise AssertionError(f"label {name} at ({at}) names another group already")


def gradient_check(  # noqa: PLR0913 (each is one word of how closely to look)
    function: Callable[[Values], float],
    gradient: Callable[[Values], object],
    at: ArrayLike,
    *,
    step: float = 1e-5,
    rtol: float = 1e-5,
    atol: float = 1e-7,
) -> None:
    """Require a gradient to agree with central differences of its function.

    Take the function from the reference where the submission defines both: a constant agrees with
    a gradient of zeros.

    Args:
        function: float64 array of the shape of `at` -> float.
        gradient: the same -> array of that shape.
        at: where to look; choose a point away from kinks.
        step: of the differences; their error is of the order of step ** 2.
        rtol: as for `close`.
        atol: as for `close`.
    """
    point = np.asarray(at, dtype=float)
    slopes = np.empty(point.shape)
    for place in np.ndindex(point.shape):
        there, back = point.copy(), point.copy()
        there[place] += step
        back[place] -= step
        slopes[place] = (function(there) - function(back)) / (2 * step)
    if not np.isfinite(slopes).all():
        raise AssertionError("the function is not finite there, so it has no gradient to compare")
    close(gradient(point.copy()), slopes, rtol=rtol, atol=atol, nan="forbidden")


def _match(row: int, fits: Fits, partner: dict[int, int], seen: set[int]) -> bool:
    for column, fit in enumerate(fits[row]):
        if fit and column not in seen:
            seen.add(column)
            if column not in partner or _match(partner[column], fits, partner, seen):
                partner[column] = row
                return True
    return False


def _numbers(found: object) -> Values:
    try:
        values = np.asarray(found)
    except ValueError as error:
        raise AssertionError("rows of different lengths") from error
    if values.dtype.kind not in _KINDS:
        raise AssertionError(f"{type(found).__name__} where numbers are wanted")
    return values


def _of_shape(found: object, right: Values) -> Values:
    values = _numbers(found)
    if values.shape != right.shape:
        raise AssertionError(f"shape {values.shape} where {right.shape} is right")
    return values


def _require_kind(values: Values, kind: str | None) -> None:
    is_kind = values.dtype.kind == kind or (kind == "i" and values.dtype.kind == "u")
    if kind is not None and not is_kind:
        raise AssertionError(f"{_KINDS[values.dtype.kind]} where {_KINDS[kind]} are wanted")


def _index(where: Values) -> tuple[int, ...]:
    return tuple(int(i) for i in np.argwhere(where)[0]) if where.ndim else ()


def _place(where: Values) -> str:
    return _shown(_index(where))


def _shown(index: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, index))})"
