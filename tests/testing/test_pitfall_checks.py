"""Checks of pitfalls: what is right passes, what fell in is told what seems to have happened."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from judge.testing import pitfalls
from judge.testing.pitfalls import (
    alone_as_in_company,
    divides_by,
    follows_nan_policy,
    intercept_is_free,
    same_after_reseeding,
    scaled_with_train_only,
)

Numbers = np.ndarray[Any, Any]


def cases(name: str) -> list[Any]:
    return pitfalls.cases(name)


def refused(text: str) -> Any:
    return pytest.raises(AssertionError, match=text)


def raising(values: Numbers) -> float:
    if np.isnan(values).any():
        raise ValueError("NaN")
    return float(values.mean())


@pytest.mark.parametrize("case", cases("nan_policy"))
def test_each_nan_policy_is_followed_by_one_program_only(case: Any) -> None:
    programs: dict[Any, Callable[[Numbers], object]] = {
        "propagate": np.mean, "omit": np.nanmean, "raise": raising,
    }  # fmt: skip
    for policy, program in programs.items():
        follows_nan_policy(program, case.array, policy)
    with refused("where NaN is right"):
        follows_nan_policy(np.nanmean, case.array, "propagate")
    with refused("where ValueError is right"):
        follows_nan_policy(np.nanmean, case.array, "raise")
    with refused("the values that are not NaN count"):
        follows_nan_policy(np.mean, case.array, "omit")
    with refused("is right"):  # omits, and divides by all
        follows_nan_policy(lambda x: np.nansum(x) / len(x), case.array, "omit")
    with refused("str where numbers are wanted"):
        follows_nan_policy(lambda _: "nan?", case.array, "propagate")


@pytest.mark.parametrize("of", ["std", "var"])
@pytest.mark.parametrize("case", cases("ddof"))
def test_a_spread_that_divides_by_the_other_is_called_so(case: Any, of: Any) -> None:
    spread = getattr(np, of)
    divides_by(spread(case.values), case.values, ddof=0, of=of)
    divides_by(spread(case.values, ddof=1), case.values, ddof=1, of=of)
    with refused("divided by n - 1 where n is right"):
        divides_by(spread(case.values, ddof=1), case.values, ddof=0, of=of)
    with refused("divided by n where n - 1 is right"):
        divides_by(spread(case.values), case.values, ddof=1, of=of)
    with refused("where .* is right"):
        divides_by(3 * spread(case.values), case.values, ddof=0, of=of)


def ridge(X: Numbers, y: Numbers, penalty_of_intercept: float) -> Numbers:
    table = np.column_stack([X, np.ones(len(X))])
    penalty = np.append(np.full(X.shape[1], 1.0), penalty_of_intercept)
    return table @ np.linalg.solve(table.T @ table + np.diag(penalty), table.T @ y)


def logistic(X: Numbers, y: Numbers, penalty_of_intercept: float) -> Numbers:
    table = np.column_stack([X, np.ones(len(X))])
    penalty = np.append(np.full(X.shape[1], 0.1), penalty_of_intercept)
    w = np.zeros(table.shape[1])
    for _ in range(4_000):
        w -= 0.5 * (table.T @ (1 / (1 + np.exp(-table @ w)) - y) / len(y) + penalty * w)
    return 1 / (1 + np.exp(-table @ w))


@pytest.mark.parametrize("case", cases("penalised_intercept"))
def test_a_penalised_intercept_shows_in_the_mean_prediction(case: Any) -> None:
    intercept_is_free(ridge(case.X, case.targets, 0.0), case.targets)
    intercept_is_free(logistic(case.X, case.labels, 0.0), case.labels)
    with refused("no penalty pulls to 0"):
        intercept_is_free(ridge(case.X, case.targets, 1.0), case.targets)
    with refused("no penalty pulls to 0"):
        intercept_is_free(logistic(case.X, case.labels, 0.1), case.labels)
    with refused("nan on average"):
        intercept_is_free(case.targets * np.nan, case.targets)


def scaled(rows: Numbers, by: Numbers) -> Numbers:
    return (rows - by.mean(axis=0)) / by.std(axis=0)


@pytest.mark.parametrize("case", cases("leakage"))
def test_a_scaler_that_saw_test_rows_is_told_which(case: Any) -> None:
    both = np.vstack([case.X_train, case.X_test])
    scaled_with_train_only(scaled(case.X_test, case.X_train), case.X_train, case.X_test)
    for by, whose in [(both, "of all rows"), (case.X_test, "of the test rows")]:
        with refused(whose):
            scaled_with_train_only(scaled(case.X_test, by), case.X_train, case.X_test)
    with refused("shape"):
        scaled_with_train_only([1.0], case.X_train, case.X_test)


@pytest.mark.parametrize("case", cases("leakage"))
def test_a_row_that_depends_on_its_companions_is_named(case: Any) -> None:
    alone_as_in_company(lambda X: scaled(X, case.X_train), case.X_test)
    with refused("row 0 gets another answer alone"):
        alone_as_in_company(lambda X: scaled(X, np.vstack([case.X_train, X])), case.X_test)
    with refused("one answer for each row"):
        alone_as_in_company(lambda X: X.sum(), case.X_test)


def seeds_once() -> Callable[[int], object]:
    drawn = np.random.default_rng(1)
    return lambda seed: drawn.normal()


@pytest.mark.parametrize("case", cases("unseeded_global_rng"))
def test_a_draw_that_its_seed_does_not_settle_is_found(case: Any) -> None:
    same_after_reseeding(lambda seed: np.random.default_rng(seed).normal(size=3), case.seed)
    same_after_reseeding(lambda seed: 4, case.seed, varies=False)
    with refused("when it was used again"):
        same_after_reseeding(seeds_once(), case.seed)
    with refused("the seed is not used"):
        same_after_reseeding(lambda seed: np.random.default_rng(0).normal(), case.seed)
