"""Numbers are right where they should be, and a refusal says where and by how much."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.testing import (
    close,
    close_up_to_order,
    close_up_to_rotation,
    close_up_to_sign,
    gradient_check,
    same_labels,
)

X = np.array([[1.0, 2.0], [3.0, -4.0], [0.5, 0.25]])
QUARTER = np.array([[0.0, -1.0], [1.0, 0.0]])


def refused(words: str):
    return pytest.raises(AssertionError, match=words)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (1, 1.0), ([1, 2], [1.0, 2.0]), ([[1.0], [2.0]], np.array([[1], [2]])), ([], []),
        (float("nan"), np.nan), ([np.inf, -np.inf], [np.inf, -np.inf]), (1 + 2j, 1 + 2j),
        (1.0 + 1e-9, 1.0), (True, 1),
    ],
)  # fmt: skip
def test_what_is_close_passes(found, expected) -> None:
    close(found, expected)


@pytest.mark.parametrize(
    ("found", "expected", "words"),
    [
        ([1.0, 2.5], [1.0, 2.0], r"2.5 where 2.0 is right, at \(1\); 1 of 2 differ"),
        ([[1.0, 2.0]], [1.0, 2.0], r"shape \(1, 2\) where \(2,\) is right"),
        (3.0, 2.0, r"3.0 where 2.0 is right, at \(\)"),
        ([np.nan], [1.0], "nan where 1.0"),
        ([np.inf], [-np.inf], "inf where -inf"),
        ([[1.0], [1.0, 2.0]], [1.0], "different lengths"),
        (None, 1.0, "NoneType where numbers"),
        ("1.0", 1.0, "str where numbers"),
        ({}, 1.0, "dict where numbers"),
    ],
)
def test_what_is_not_is_told_where(found, expected, words) -> None:
    with refused(words):
        close(found, expected)


def test_kind_and_nan_can_be_asked_for() -> None:
    close([1, 2], [1, 2], kind="i")
    close(np.array([1], np.uint8), [1], kind="i")
    with refused("integers where floats are wanted"):
        close([1, 2], [1.0, 2.0], kind="f")
    with refused("floats where integers are wanted"):
        close([1.0], [1], kind="i")
    with refused(r"NaN at \(0, 1\)"):
        close([[1.0, np.nan]], [[1.0, np.nan]], nan="forbidden")


def test_signs_are_left_open_for_each_column() -> None:
    close_up_to_sign(X * [1, -1], X)
    close_up_to_sign(-X[:, 0], X[:, 0])
    with refused("is right"):
        close_up_to_sign(X * [[1], [-1], [1]], X)
    with refused("shape"):
        close_up_to_sign(X[:2], X)


@given(st.permutations(range(3)))
def test_the_order_of_rows_is_left_open(order) -> None:
    close_up_to_order(X[order] + 1e-12, X)


def test_a_row_counts_once() -> None:
    with refused("has no right row left that it could be"):
        close_up_to_order(X[[0, 0, 2]], X)
    # Each fits two, and only one choice fits all.
    close_up_to_order([[0.4], [0.0]], [[0.0], [0.5]], atol=0.45)


def test_turning_and_mirroring_are_left_open() -> None:
    close_up_to_rotation(X @ QUARTER, X)
    close_up_to_rotation(X * [-1, 1], X)
    with refused("is right"):
        close_up_to_rotation(X * 1.01, X)
    with refused("is right"):
        close_up_to_rotation(X + 1.0, X)


def test_names_of_groups_are_left_open() -> None:
    same_labels([5, 5, 0, 7], [0, 0, 1, 2])
    with refused(r"label 0 at \(1\) where 5 began this group"):
        same_labels([5, 0, 0, 7], [0, 0, 1, 2])
    with refused(r"label 5 at \(2\) names another group already"):
        same_labels([5, 5, 5, 7], [0, 0, 1, 2])
    with refused("shape"):
        same_labels([0, 1], [0, 1, 2])


def test_a_gradient_is_compared_with_differences() -> None:
    gradient_check(lambda x: float((x**3).sum()), lambda x: 3 * x**2, X)
    gradient_check(lambda x: float(x**2), lambda x: 2 * x, 3.0)
    with refused(r"at \(0, 0\)"):
        gradient_check(lambda x: float((x**3).sum()), lambda x: 2 * x**2, X)
    with refused("not finite"):
        gradient_check(lambda _: float("nan"), lambda x: np.full(x.shape, np.nan), X)
    with refused("NaN at"):
        gradient_check(lambda x: float(x.sum()), lambda x: np.full(x.shape, np.nan), X)
