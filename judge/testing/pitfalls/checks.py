"""Checks of pitfalls that data alone do not show.

Like all checks they return None, or raise an AssertionError that says what seems to have happened.
"""

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from judge.testing.closeness import close
from judge.testing.conduct import equal_values

Numbers = np.ndarray[Any, Any]


def follows_nan_policy(
    call: Callable[[Numbers], object],
    values: ArrayLike,
    policy: Literal["propagate", "omit", "raise"],
) -> None:
    """Require one of the three ways to treat NaN.

    Args:
        call: float64 array of shape (n,) -> a number.
        values: shape (n,), with NaN and something else in it.
        policy: `propagate`: the number is NaN; `omit`: it is that of the values which are not NaN;
            `raise`: ValueError.
    """
    given = np.asarray(values, dtype=float)
    if policy == "raise":
        try:
            found = call(given)
        except ValueError:
            return
        raise AssertionError(f"{found!s} for values with NaN, where ValueError is right")
    found = call(given)
    if policy == "propagate":
        if not np.all(np.isnan(_as_floats(found))):
            raise AssertionError(f"{found!s} for values with NaN, where NaN is right")
        return
    if np.any(np.isnan(_as_floats(found))):
        raise AssertionError("NaN, where the values that are not NaN count")
    close(found, np.asarray(call(given[~np.isnan(given)])))


def divides_by(
    found: object,
    values: ArrayLike,
    *,
    ddof: int,
    of: Literal["std", "var"] = "std",
    rtol: float = 1e-7,
) -> None:
    """Require a spread whose squares were divided by n - ddof; names a ddof that fits instead.

    Args:
        found: a number, or for each column of `values` one.
        values: shape (n,) or (n, d), with n above 1.
        ddof: 0 for the spread of the values themselves, 1 for the estimate from a sample.
        of: the standard deviation or its square.
        rtol: as for `close`.
    """
    spread = np.std if of == "std" else np.var
    given, other = np.asarray(values, dtype=float), 1 - ddof
    if _fits(found, spread(given, axis=0, ddof=other), rtol=rtol):
        raise AssertionError(f"divided by {_divisor(other)} where {_divisor(ddof)} is right")
    close(found, spread(given, axis=0, ddof=ddof), rtol=rtol)


def intercept_is_free(predicted: object, y: ArrayLike, *, atol: float = 1e-3) -> None:
    """Require predictions that are right on average, as a free intercept makes them.

    Where a model with an intercept has minimised squared or logistic loss, the slope of the loss in
    the intercept is the mean error, and a penalty on the other weights does not enter it.

    Args:
        predicted: shape (n,), of the rows that were learned from: numbers, or probabilities of 1.
        y: shape (n,), what they were to be.
        atol: in the unit of `y`; of the order of the optimiser's tolerance.
    """
    wanted = float(np.mean(np.asarray(y, dtype=float)))
    mean = float(np.mean(_as_floats(predicted)))
    if not abs(mean - wanted) <= atol:
        raise AssertionError(
            f"predictions of the training rows are {mean:.6g} on average and targets {wanted:.6g}; "
            "with an intercept that no penalty pulls to 0, at the minimum, they agree"
        )


def scaled_with_train_only(
    found: object, X_train: ArrayLike, X_test: ArrayLike, *, rtol: float = 1e-7
) -> None:
    """Require test rows standardised by mean and spread (ddof 0) of the training rows.

    Args:
        found: shape (m, d), the scaled test rows.
        X_train: shape (n, d), no column constant.
        X_test: shape (m, d), with m of 2 at least.
        rtol: as for `close`.
    """
    train, test = np.asarray(X_train, dtype=float), np.asarray(X_test, dtype=float)
    for rows, whose in [(np.vstack([train, test]), "of all rows"), (test, "of the test rows")]:
        if _fits(found, _scaled(test, rows), rtol=rtol):
            raise AssertionError(f"scaled by mean and spread {whose}, not of the training rows")
    close(found, _scaled(test, train), rtol=rtol)


def alone_as_in_company(
    call: Callable[[Numbers], object], rows: ArrayLike, *, rtol: float = 1e-6, atol: float = 1e-6
) -> None:
    """Require that what a row gets does not depend on which others are asked about with it.

    Args:
        call: array of shape (m, d) -> array of shape (m, ...), with equal training each time.
        rows: shape (m, d), with m of 2 at least; `call` is called m + 1 times.
        rtol: as for `close`.
        atol: as for `close`.
    """
    given = np.asarray(rows, dtype=float)
    together = _as_floats(call(given))
    if together.shape[:1] != (len(given),):
        raise AssertionError(f"shape {together.shape} where one answer for each row is right")
    for at in range(len(given)):
        alone = _as_floats(call(given[at : at + 1]))
        if not _fits(alone, together[at : at + 1], rtol=rtol, atol=atol):
            raise AssertionError(f"row {at} gets another answer alone than among the others")


def same_after_reseeding(
    call: Callable[[int], object], seed: int = 0, *, varies: bool = True
) -> None:
    """Require that a seed settles what is drawn, whatever was drawn before.

    Args:
        call: seed -> what a submission makes with it.
        seed: the one to begin with; the next one is used in between.
        varies: whether the next seed must give something else.
    """
    first = call(seed)
    other = call(seed + 1)
    if not equal_values(call(seed), first):
        raise AssertionError("the same seed gave different values when it was used again")
    if varies and equal_values(other, first):
        raise AssertionError("two different seeds gave the same values: the seed is not used")


def _scaled(X: Numbers, by: Numbers) -> Numbers:
    spread = by.std(axis=0)
    return np.asarray((X - by.mean(axis=0)) / np.where(spread > 0, spread, 1.0))


def _divisor(ddof: int) -> str:
    return "n" if ddof == 0 else f"n - {ddof}"


def _fits(found: object, expected: ArrayLike, *, rtol: float, atol: float = 1e-9) -> bool:
    try:
        close(found, expected, rtol=rtol, atol=atol)
    except AssertionError:
        return False
    return True


def _as_floats(found: object) -> Numbers:
    try:
        return np.asarray(found, dtype=float)
    except (TypeError, ValueError) as error:
        raise AssertionError(f"{type(found).__name__} where numbers are wanted") from error
