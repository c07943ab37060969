"""Inputs that are a number, a list of numbers or one matrix."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class Logits(NamedTuple):
    """`logits`: shape (n, k), float64; a row for each example, a column for each class."""

    logits: Floats


class Probabilities(NamedTuple):
    """Labels and what was predicted for them.

    `labels`: shape (n,), int64, 0 or 1; `probabilities`: shape (n,), float64, of label 1.
    """

    labels: Integers
    probabilities: Floats


class Scores(NamedTuple):
    """Values many of which are equal.

    `values`: shape (n,), int64, from -9 to 9; `labels`: shape (n,), int64, 0 and 1, both there.
    """

    values: Integers
    labels: Integers


class Array(NamedTuple):
    """`array`: shape and dtype differ from case to case."""

    array: NDArray[Any]


class Matrix(NamedTuple):
    """`X`: shape (n, d), float64; every row and every column has a spread."""

    X: Floats


class Sample(NamedTuple):
    """`values`: shape (n,), float64, n of 2 at least."""

    values: Floats


class Draw(NamedTuple):
    """`seed`: an int to seed with."""

    seed: int


def huge_logits(seed: int) -> Sequence[Logits]:
    """Give rows whose exponentials overflow, vanish, or do both at once."""
    rng = np.random.default_rng(seed)
    return (
        Logits(np.array([[1000.0, 0.0, -1000.0]])),
        Logits(np.array([[-1000.0, -1001.0, -1002.0]])),  # all exponentials are 0
        Logits(np.array([[710.0, 710.0, 709.0], [0.0, 1.0, 2.0]])),
        Logits(rng.normal(scale=1e4, size=(5, 4))),
    )


def log_of_zero(seed: int) -> Sequence[Probabilities]:
    """Give predictions that are certain: right, wrong, nearly, and among ordinary ones."""
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.array([0, 1] * 4))
    chances = rng.uniform(0.1, 0.9, size=8)
    chances[:2] = labels[:2]
    return (
        Probabilities(np.array([1, 0]), np.array([1.0, 0.0])),
        Probabilities(np.array([1, 0]), np.array([0.0, 1.0])),
        Probabilities(np.array([1, 0, 1]), np.array([5e-324, 1 - 2**-53, 1.0])),
        Probabilities(labels, chances),
    )


def duplicates_and_ties(seed: int) -> Sequence[Scores]:
    """Give values that are all equal, that tie across the labels, that are drawn from three."""
    rng = np.random.default_rng(seed)
    return (
        Scores(np.array([3, 3, 3, 3]), np.array([0, 1, 0, 1])),
        Scores(np.array([2, 1, 2, 1, 0]), np.array([1, 0, 0, 1, 0])),
        Scores(np.array([-4, 5, 5, -4, 0, 0]), np.array([0, 1, 1, 0, 1, 0])),
        Scores(rng.choice([-1, 0, 7], size=12), rng.permutation(np.array([0, 1] * 6))),
    )


def empty_array(seed: int) -> Sequence[Array]:
    """Give float64 arrays without an entry: no values, no rows, no columns."""
    del seed
    return (Array(np.empty(0)), Array(np.empty((0, 3))), Array(np.empty((3, 0))))


def zero_dimensional(seed: int) -> Sequence[Array]:
    """Give arrays of shape (): floats of either sign, an integer."""
    chosen = np.random.default_rng(seed).uniform(1.0, 3.0)
    return (Array(np.array(chosen)), Array(np.array(-chosen)), Array(np.array(4)))


def nan_policy(seed: int) -> Sequence[Array]:
    """Give float64 arrays of shape (n,): NaN first, inside, last, several times."""
    rng = np.random.default_rng(seed)
    made = []
    for places in ([0], [2], [-1], [1, 3, 4]):
        values = rng.normal(size=6)
        values[places] = np.nan
        made.append(Array(values))
    return made


def wrong_axis(seed: int) -> Sequence[Matrix]:
    """Give matrices: square, where a wrong axis raises nothing; tall; wide."""
    rng = np.random.default_rng(seed)
    # Columns of different places and scales, so that no mean and no spread is another's.
    return [
        Matrix(rng.normal(size=(n, d)) * np.arange(1, d + 1) + 10.0 * np.arange(d))
        for n, d in [(3, 3), (5, 2), (2, 4)]
    ]


def ddof(seed: int) -> Sequence[Sample]:
    """Give few values, where n and n - 1 are far apart."""
    rng = np.random.default_rng(seed)
    return (Sample(np.array([1.0, 3.0])), Sample(rng.normal(size=3)), Sample(rng.normal(size=10)))


def unseeded_global_rng(seed: int) -> Sequence[Draw]:
    """Give seeds: 0, a small and a large one."""
    rng = np.random.default_rng(seed)
    return (Draw(0), Draw(int(rng.integers(1, 100))), Draw(int(rng.integers(2**31, 2**32))))
