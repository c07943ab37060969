"""What valid data is, and random small data sets."""

import numpy as np
from hypothesis import strategies as st

MAX_ROWS = 50_000
MAX_FEATURES = 30
MAX_ENTRY = 1e5


def validate(l2, X, y):
    """Raise ValueError naming the constraint that an input of `prelude.fitted` breaks."""
    if isinstance(l2, bool) or not isinstance(l2, int | float) or not 1e-3 <= l2 <= 100:
        raise ValueError("l2 must be a number from 0.001 to 100")
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or not 2 <= X.shape[0] <= MAX_ROWS or not 1 <= X.shape[1] <= MAX_FEATURES:
        raise ValueError(
            f"X must have 2 to {MAX_ROWS} rows of equal length, 1 to {MAX_FEATURES} entries each"
        )
    if not (np.abs(X) <= MAX_ENTRY).all():
        raise ValueError(f"entries of X must lie between {-MAX_ENTRY:g} and {MAX_ENTRY:g}")
    if np.shape(y) != (len(X),):
        raise ValueError("y must have one label for each row of X")
    if len(set(np.asarray(y).tolist())) > 2:
        raise ValueError("y must have at most two different labels")


def strategy():
    """Up to eight rows of small integers; both classes occur."""
    return st.integers(1, 3).flatmap(_with_features)


def ask(solution, l2, X, y):
    """Return the point at which an estimator arrives, the intercept last."""
    weights, intercept = solution.prelude.fitted(solution.LogReg, l2, X, y)
    return np.append(weights, intercept)


def compare(found, right, *_):
    """Fail unless two points are as close as the statement asks."""
    assert found.shape == right.shape
    assert np.abs(found - right).max() <= 1e-4 + 1e-3 * np.abs(right).max()


def _with_features(d):
    row = st.lists(st.integers(-3, 3), min_size=d, max_size=d)
    rows = st.lists(row, min_size=1, max_size=4)
    return st.builds(_arguments, st.sampled_from([1.0, 0.1, 0.01, 10.0]), rows, rows)


def _arguments(l2, zeros, ones):
    X = np.array(zeros + ones, dtype=float)
    y = np.array([0] * len(zeros) + [1] * len(ones))
    return l2, X, y
