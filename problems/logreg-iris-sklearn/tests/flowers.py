"""The iris data in six hidden splits, and the checks that every answer has to pass."""

from typing import NamedTuple

import numpy as np
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split

SEEDS = (3, 11, 19, 42, 57, 101)


class Split(NamedTuple):
    """Flowers to learn from, and others whose labels stay outside the box."""

    X_train: np.ndarray
    y_train: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray


def split(seed):
    """Return 90 flowers to learn from and 60 others, the species in equal parts."""
    X, y = load_iris(return_X_y=True)
    X_train, X_test, y_train, y_test = train_test_split(
        X, y, test_size=0.4, stratify=y, random_state=seed
    )
    return Split(X_train, y_train, X_test, y_test)


def answer(solution, flowers, X_test=None):
    """Return classes and probabilities as arrays, for the split's own test flowers or others."""
    rows = flowers.X_test if X_test is None else X_test
    answered = solution.train_iris(flowers.X_train, flowers.y_train, rows)
    assert isinstance(answered, tuple), "not a tuple"
    assert len(answered) == 2, "not a pair"
    classes, probabilities = np.asarray(answered[0]), np.asarray(answered[1], dtype=float)
    assert classes.shape == (len(rows),), "classes must have shape (m,)"
    assert probabilities.shape == (len(rows), 3), "probabilities must have shape (m, 3)"
    return classes, probabilities


def assert_consistent(classes, probabilities, labels):
    """Fail unless rows are distributions whose largest entry belongs to the predicted class."""
    assert (probabilities >= 0).all()
    assert np.allclose(probabilities.sum(axis=1), 1, rtol=0, atol=1e-9)
    assert np.array_equal(np.unique(labels)[probabilities.argmax(axis=1)], classes)


def accuracy(classes, labels):
    """Return the share of right classes."""
    return np.mean(classes == labels)


def log_loss(probabilities, labels):
    """Return the mean negative log-probability of the right labels."""
    positions = np.searchsorted(np.unique(labels), labels)
    chosen = probabilities[np.arange(len(labels)), positions]
    return -np.mean(np.log(np.maximum(chosen, 1e-15)))
