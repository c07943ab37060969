"""Data for the tests: drawn with fixed seeds, or read from the package."""

from typing import NamedTuple

import numpy as np
from optimum import Task


class Split(NamedTuple):
    """Standardised patients to learn from, and others whose labels stay outside the box."""

    X_train: np.ndarray
    y_train: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray


def breast_cancer(data_dir):
    """Return 398 patients to learn from and 171 others; label 1 is benign, 0 malignant."""
    table = np.loadtxt(data_dir / "breast_cancer.csv", delimiter=",", skiprows=1)
    table = table[np.random.default_rng(2024).permutation(len(table))]
    X, y = table[:, :-1], table[:, -1].astype(int)
    mean, spread = X[:398].mean(axis=0), X[:398].std(axis=0)
    X = (X - mean) / spread
    return Split(X[:398], y[:398], X[398:], y[398:])


def noisy(n, d, seed, scale=1.0):
    """Return n rows of d normal features and signs that depend on them, with noise."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d))
    logits = X @ rng.normal(size=d) + 0.5 * rng.normal()
    signs = np.where(rng.random(n) < 1 / (1 + np.exp(-logits)), 1, -1)
    return X * scale, signs


def separable(n, seed):
    """Return points in the plane with a wide gap between the two classes."""
    rng = np.random.default_rng(seed)
    signs = np.where(np.arange(n) % 2, 1, -1)
    return rng.normal(size=(n, 2)) + 5.0 * signs[:, None], signs


def far_out(n, d, seed):
    """Return rows of very different lengths; the longest are a hundred times the usual one."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)) * np.exp(3 * rng.normal(size=(n, 1)))
    logits = X @ rng.normal(size=d) + 2 * rng.normal()
    return X, np.where(rng.random(n) < 0.5 * (1 + np.tanh(logits / 2)), 1, -1)


def unbalanced(seed):
    """Return 2010 rows in which only every 201st is positive."""
    rng = np.random.default_rng(seed)
    signs = np.where(np.arange(2010) % 201 == 0, 1, -1)
    return rng.normal(size=(2010, 3)) + np.where(signs > 0, 1.0, 0.0)[:, None], signs


def zero_one(signs):
    """Return 0 for -1 and 1 for 1."""
    return (np.asarray(signs) + 1) // 2


def task(data, l2):
    """Return data and penalty as a task."""
    X, signs = data
    return Task(X, signs, l2)
