"""The objective, its gradient and its minimum, computed here to judge what `fit` found."""

from typing import NamedTuple

import numpy as np


class Task(NamedTuple):
    """Data, signs (-1 and 1) in place of labels, and the penalty."""

    X: np.ndarray
    signs: np.ndarray
    l2: float


def objective(task, weights, intercept):
    """Return F, the penalised mean loss."""
    margins = task.signs * (task.X @ weights + intercept)
    return np.mean(np.logaddexp(0.0, -margins)) + task.l2 / 2 * weights @ weights


def gradient(task, weights, intercept):
    """Return the gradient of F, the derivative for the intercept last."""
    pulls = task.signs * _sigmoid(-task.signs * (task.X @ weights + intercept)) / len(task.signs)
    return np.append(task.l2 * weights - task.X.T @ pulls, -pulls.sum())


def minimum(task):
    """Return weights and intercept where F is smallest, by damped Newton steps."""
    scales = np.maximum(np.abs(task.X).max(axis=0), 1e-12)
    columns = np.column_stack([task.X / scales, np.ones(len(task.X))])
    penalties = np.append(task.l2 / scales**2, 0.0)
    solution = np.zeros(len(penalties))

    def value(point):
        losses = np.logaddexp(0.0, -task.signs * (columns @ point))
        return np.mean(losses) + 0.5 * penalties @ point**2

    for _ in range(200):
        chances = _sigmoid(-task.signs * (columns @ solution))
        slope = penalties * solution - columns.T @ (task.signs * chances) / len(columns)
        curvature = (columns.T * (chances * (1 - chances))) @ columns / len(columns)
        curvature += np.diag(penalties + 1e-14)
        step = np.linalg.solve(curvature, slope)
        if slope @ step < 1e-22:
            break
        size = 1.0
        while value(solution - size * step) > value(solution) and size > 1e-8:
            size /= 2
        solution = solution - size * step
    return solution[:-1] / scales, solution[-1]


def assert_minimal(task, weights, intercept):
    """Fail unless the gradient is small and the point is near the minimum."""
    weights, intercept = as_point(task, weights, intercept)
    assert np.linalg.norm(gradient(task, weights, intercept)) <= 1e-4, "the gradient is not small"
    best_weights, best_intercept = minimum(task)
    best = np.append(best_weights, best_intercept)
    distance = np.abs(np.append(weights, intercept) - best).max()
    assert distance <= 1e-4 + 1e-3 * np.abs(best).max(), "far from the minimum"


def assert_value_minimal(task, weights, intercept):
    """Fail unless F is within 1e-6 of its minimum."""
    weights, intercept = as_point(task, weights, intercept)
    gap = objective(task, weights, intercept) - objective(task, *minimum(task))
    assert gap <= 1e-6, "the objective is not minimal"


def as_point(task, weights, intercept):
    """Return what `coef_` and `intercept_` hold as an array and a float; fail on wrong shapes."""
    weights = np.asarray(weights, dtype=float)
    assert weights.shape == (task.X.shape[1],), "coef_ must have shape (d,)"
    intercept = np.asarray(intercept, dtype=float)
    assert intercept.size == 1, "intercept_ must be a number"
    assert np.isfinite(np.append(weights, intercept)).all(), "not finite"
    return weights, float(intercept.reshape(()))


def _sigmoid(z):
    return 0.5 * (1.0 + np.tanh(z / 2))
