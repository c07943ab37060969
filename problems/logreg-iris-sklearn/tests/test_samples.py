"""Sample tests: the split of the interview guide, 120 flowers to learn from and 30 to predict."""

import numpy as np
import pytest
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split


@pytest.fixture
def flowers():
    X, y = load_iris(return_X_y=True)
    return train_test_split(X, y, test_size=0.2, random_state=42)


def test_shapes(solution, flowers):
    X_train, X_test, y_train, _ = flowers
    classes, probabilities = solution.train_iris(X_train, y_train, X_test)

    assert classes.shape == (30,)
    assert probabilities.shape == (30, 3)
    assert np.allclose(probabilities.sum(axis=1), 1)


def test_accuracy(solution, flowers):
    X_train, X_test, y_train, y_test = flowers
    classes, _ = solution.train_iris(X_train, y_train, X_test)

    assert np.mean(classes == y_test) >= 0.9


def test_a_typical_flower_of_each_species(solution, flowers):
    X_train, _, y_train, _ = flowers
    typical = np.array([[5.0, 3.4, 1.5, 0.2], [5.9, 2.8, 4.3, 1.3], [6.6, 3.0, 5.6, 2.1]])
    classes, probabilities = solution.train_iris(X_train, y_train, typical)

    assert list(classes) == [0, 1, 2]
    assert list(probabilities.argmax(axis=1)) == [0, 1, 2]
