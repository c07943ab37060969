"""Each pitfall: a program that falls into it is found by its cases, one that does not passes."""

import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from judge.testing import close, pitfalls

Numbers = np.ndarray[Any, Any]
Program = Callable[..., Any]
OTHER_SEED = 7


def holds(name: str, agrees: Callable[[Any], bool], seed: int) -> list[bool]:
    """For each case whether a program agrees with what is right; an exception is no agreement."""

    def one(case: Any) -> bool:
        try:
            with np.errstate(all="ignore"):
                return agrees(case)
        except (AssertionError, ValueError, IndexError, TypeError, ArithmeticError):
            return False

    return [one(case) for case in pitfalls.cases(name, seed=seed)]


def same(found: object, expected: object) -> bool:
    close(found, np.asarray(expected), rtol=1e-6, atol=1e-6)
    return True


# Right and wrong programs, and how a case is asked of them


def softmax(z: Numbers) -> Numbers:
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def naive_softmax(z: Numbers) -> Numbers:
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


def wrong_axis_softmax(z: Numbers) -> Numbers:
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)


def log_loss(y: Numbers, p: Numbers) -> float:
    p = np.clip(p, 1e-15, 1 - 1e-15)
    return float(-np.mean(np.where(y == 1, np.log(p), np.log1p(-p))))


def naive_log_loss(y: Numbers, p: Numbers) -> float:
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


def standardised(X: Numbers) -> Numbers:
    spread = X.std(axis=0)
    spread[spread <= 1e-12 * np.abs(X).max(axis=0)] = 1.0
    return (X - X.mean(axis=0)) / spread


def naive_standardised(X: Numbers) -> Numbers:
    spread = X.std(axis=0)
    return (X - X.mean(axis=0)) / np.where(spread == 0, 1.0, spread)


def second_class(y: Numbers) -> int:
    classes = np.unique(y)
    if len(classes) < 2:
        raise ValueError("two classes are needed")
    return int(classes[1])


def centres_after(X: Numbers, centres: Numbers, *, keep: bool) -> Numbers:
    centres = centres.copy()
    for _ in range(3):
        labels = np.argmin(((X[:, None] - centres) ** 2).sum(axis=2), axis=1)
        for j in range(len(centres)):
            members = X[labels == j]
            if len(members) or not keep:
                centres[j] = members.sum(axis=0) / np.float64(len(members))
    return centres


def area(scores: Numbers, labels: Numbers) -> float:
    pairs = scores[labels == 1][:, None] - scores[labels == 0]
    return float(np.mean((pairs > 0) + 0.5 * (pairs == 0)))


def area_without_ties(scores: Numbers, labels: Numbers) -> float:
    pairs = scores[labels == 1][:, None] - scores[labels == 0]
    return float(np.mean(pairs > 0))


def least_squares(X: Numbers, y: Numbers) -> Numbers:
    return X @ np.linalg.lstsq(X, y, rcond=None)[0]


def normal_equations(X: Numbers, y: Numbers) -> Numbers:
    return X @ (np.linalg.inv(X.T @ X) @ X.T @ y)


def projected(X: Numbers, y: Numbers) -> Numbers:
    vectors, sizes, _ = np.linalg.svd(X, full_matrices=False)
    basis = vectors[:, sizes > 1e-9 * sizes.max()]
    return basis @ (basis.T @ y)


def relu(x: Numbers) -> Any:
    return np.maximum(x, 0)


def relu_by_index(x: Numbers) -> Any:
    return np.array([max(one, 0) for one in x])


def column_sums(x: Numbers) -> Numbers:
    return np.sum(x, axis=0)


def sums_row_by_row(x: Numbers) -> Numbers:
    total = x[0].copy()
    for row in x[1:]:
        total += row
    return total


def raises_value_error(program: Program, *args: object) -> bool:
    try:
        program(*args)
    except ValueError:
        return True
    return False


def softmax_agrees(program: Program) -> Program:
    return lambda case: same(program(case.logits), softmax(case.logits))


def loss_agrees(program: Program) -> Program:
    return lambda case: same(
        program(case.labels, case.probabilities), log_loss(case.labels, case.probabilities)
    )


def scaling_agrees(program: Program) -> Program:
    def agrees(case: Any) -> bool:
        varying = np.delete(case.X, 1, axis=1)
        right = np.insert(standardised(varying), 1, 0.0, axis=1)
        return same(program(case.X), right)

    return agrees


def fit_agrees(program: Program) -> Program:
    return lambda case: same(program(case.X, case.y), projected(case.X, case.y))


# name -> a right and a wrong program, each as case -> whether it agrees with what is right
FALLS: dict[str, tuple[Program, Program]] = {
    "huge_logits": (softmax_agrees(softmax), softmax_agrees(naive_softmax)),
    "log_of_zero": (loss_agrees(log_loss), loss_agrees(naive_log_loss)),
    "constant_feature": (scaling_agrees(standardised), scaling_agrees(naive_standardised)),
    "one_class": (
        lambda case: raises_value_error(second_class, case.y),
        lambda case: raises_value_error(lambda y: np.unique(y)[-1], case.y),
    ),
    "empty_cluster": (
        lambda case: bool(np.isfinite(centres_after(case.X, case.centres, keep=True)).all()),
        lambda case: bool(np.isfinite(centres_after(case.X, case.centres, keep=False)).all()),
    ),
    "duplicates_and_ties": (
        lambda case: same(area(case.values, case.labels), 1 - area(-case.values, case.labels)),
        lambda case: same(
            area_without_ties(case.values, case.labels),
            1 - area_without_ties(-case.values, case.labels),
        ),
    ),
    "rank_deficient": (fit_agrees(least_squares), fit_agrees(normal_equations)),
    "fewer_rows_than_columns": (fit_agrees(least_squares), fit_agrees(normal_equations)),
    "empty_array": (
        lambda case: same(column_sums(case.array), np.zeros(case.array.shape[1:])),
        lambda case: same(sums_row_by_row(case.array), np.zeros(case.array.shape[1:])),
    ),
    "zero_dimensional": (
        lambda case: same(relu(case.array), max(case.array.item(), 0)),
        lambda case: same(relu_by_index(case.array), max(case.array.item(), 0)),
    ),
    "wrong_axis": (
        lambda case: same(softmax(case.X), softmax(case.X)),
        lambda case: same(wrong_axis_softmax(case.X), softmax(case.X)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("seed", [0, OTHER_SEED])
@pytest.mark.parametrize("name", FALLS)
def test_a_right_program_agrees_with_every_case(name: str, seed: int) -> None:
    assert all(holds(name, FALLS[name][0], seed))


ESCAPES = {"constant_feature": 2, "empty_array": 1}  # cases the wrong program gets right


@pytest.mark.parametrize("seed", [0, OTHER_SEED])
@pytest.mark.parametrize("name", FALLS)
def test_a_program_that_falls_into_it_fails(name: str, seed: int) -> None:
    found = holds(name, FALLS[name][1], seed)

    assert found.count(True) <= ESCAPES.get(name, 0)


# The library itself


def test_cases_are_small_and_the_same_for_the_same_seed() -> None:
    for name in pitfalls.names():
        first, again = pitfalls.cases(name), pitfalls.cases(name)
        assert 2 <= len(first) <= 5
        for one, other in zip(first, again, strict=True):
            assert type(one) is type(other)
            for ours, theirs in zip(one, other, strict=True):
                np.testing.assert_array_equal(ours, theirs, strict=True)
                assert np.size(ours) <= 500


def test_another_seed_gives_other_cases() -> None:
    assert not np.array_equal(
        pitfalls.cases("wrong_axis")[0][0], pitfalls.cases("wrong_axis", seed=1)[0][0]
    )


@pytest.mark.parametrize("name", pitfalls.names())
def test_a_case_says_what_it_holds(name: str) -> None:
    for case in pitfalls.cases(name):
        said = inspect.getdoc(type(case)) or ""
        assert [field for field in case._fields if f"`{field}`" not in said] == []
        for field, value in zip(case._fields, case, strict=True):
            if field not in {"array", "seed"}:
                assert value.dtype.name in said


def test_an_unknown_pitfall_is_named_with_all_there_are() -> None:
    assert pitfalls.known("ddof")
    assert not pitfalls.known("dof")
    with pytest.raises(ValueError, match=r"unknown pitfall 'dof'; there are huge_logits, .*rng"):
        pitfalls.cases("dof")
