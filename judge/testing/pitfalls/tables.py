"""Inputs that are rows to learn from."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from judge.testing.pitfalls.numbers import Floats, Integers


class Labelled(NamedTuple):
    """`X`: shape (n, d), float64; `y`: shape (n,), int64, of 0 and 1."""

    X: Floats
    y: Integers


class Regression(NamedTuple):
    """`X`: shape (n, d), float64; `y`: shape (n,), float64."""

    X: Floats
    y: Floats


class Clusters(NamedTuple):
    """Points, and centres to begin with, one of which gets no point.

    `X`: shape (n, d), float64; `centres`: shape (k, d), float64.
    """

    X: Floats
    centres: Floats


class Offset(NamedTuple):
    """Rows whose labels and targets call for an intercept far from 0.

    `X`: shape (n, d), float64; `labels`: shape (n,), int64, mostly 1, some 0; `targets`: shape
    (n,), float64, far from 0.
    """

    X: Floats
    labels: Integers
    targets: Floats


class Split(NamedTuple):
    """Rows to learn from and rows to predict, from another place and with another spread.

    `X_train`: shape (n, d), `X_test`: shape (m, d), float64, m of 2 at least; `y_train`: shape
    (n,), `y_test`: shape (m,), int64, of 0 and 1.
    """

    X_train: Floats
    y_train: Integers
    X_test: Floats
    y_test: Integers


def constant_feature(seed: int) -> Sequence[Labelled]:
    """Give tables with a column of zeros, of one large value, of one that rounding spreads."""
    X, y = _labelled(seed, 10, 3)
    tables = []
    for value in (0.0, 1e4, 0.1):  # the mean of ten times 0.1 is not 0.1
        column = X.copy()
        column[:, 1] = value
        tables.append(Labelled(column, y))
    return tables


def one_class(seed: int) -> Sequence[Labelled]:
    """Give tables whose labels are all 0, all 1; one of a single row."""
    X, y = _labelled(seed, 6, 2)
    return (
        Labelled(X, np.zeros_like(y)),
        Labelled(X, np.ones_like(y)),
        Labelled(X[:1], np.ones_like(y[:1])),
    )


def empty_cluster(seed: int) -> Sequence[Clusters]:
    """Give centres that start far from all points, in one place, or that are too many."""
    rng = np.random.default_rng(seed)
    near, far = rng.normal(size=(4, 2)), rng.normal(size=(4, 2)) + 10.0
    X = np.vstack([near, far])
    return (
        Clusters(X, np.array([[0.0, 0.0], [10.0, 10.0], [1e3, -1e3]])),
        Clusters(X, np.array([[5.0, 5.0], [5.0, 5.0]])),
        Clusters(np.repeat([[0.0, 0.0], [1.0, 1.0]], 3, axis=0), np.array([[0.0], [0.4], [1.0]])
                 .repeat(2, axis=1)),
    )  # fmt: skip


def rank_deficient(seed: int) -> Sequence[Regression]:
    """Give a column twice, dummies that add up to a column of ones, a column of zeros."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(12, 2))
    y = X @ np.array([2.0, -1.0]) + rng.normal(scale=0.1, size=12)
    dummies = np.eye(3)[np.arange(12) % 3]
    return (
        Regression(np.column_stack([X, X[:, 0]]), y),
        Regression(np.column_stack([np.ones(12), dummies, X[:, 0]]), y),
        Regression(np.column_stack([X, np.zeros(12)]), y),
    )


def fewer_rows_than_columns(seed: int) -> Sequence[Regression]:
    """Give one row of four columns, three of eight, twenty of twenty-one."""
    rng = np.random.default_rng(seed)
    return [
        Regression(rng.normal(size=(n, d)), rng.normal(size=n))
        for n, d in [(1, 4), (3, 8), (20, 21)]
    ]


def penalised_intercept(seed: int) -> Sequence[Offset]:
    """Give two tables in which one label is rare, with targets about 1000 and about -50."""
    made = []
    for part, middle in enumerate((1000.0, -50.0)):
        rng = np.random.default_rng((seed, part))
        X = rng.normal(size=(40, 2))
        labels = (X[:, 0] + rng.normal(1.5, size=40) > 0).astype(np.int64)
        labels[:2] = 0, 1
        targets = middle + X @ np.array([3.0, -2.0]) + rng.normal(scale=0.1, size=40)
        made.append(Offset(X, labels, targets))
    return made


def leakage(seed: int) -> Sequence[Split]:
    """Give test rows of which one is far out, and test rows that all lie elsewhere."""
    X_train, y_train = _labelled(seed, 20, 3)
    X_test, y_test = _labelled(seed + 1, 6, 3)
    outlier = X_test.copy()
    outlier[-1] = 100.0
    return (
        Split(X_train, y_train, outlier, y_test),
        Split(X_train, y_train, 5.0 + 3.0 * X_test, y_test),
    )


def _labelled(seed: int, rows: int, columns: int) -> Labelled:
    """Return two classes that overlap, half of the rows each."""
    rng = np.random.default_rng(seed)
    y = np.arange(rows, dtype=np.int64) % 2
    return Labelled(rng.normal(size=(rows, columns)) + y[:, None], y)
