"""Sample tests: small data whose answers can be checked by hand."""

import numpy as np
import pytest


def test_interface(solution):
    X = np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 3.0], [3.0, 1.0]])
    model = solution.LogReg(l2=0.1)

    assert model.fit(X, np.array([0, 0, 1, 1])) is model
    assert model.coef_.shape == (2,)
    assert list(model.classes_) == [0, 1]
    assert model.predict_proba(X).shape == (4, 2)
    assert list(model.predict(X)) == [0, 0, 1, 1]


def test_features_that_say_nothing(solution):
    model = solution.LogReg()
    model.fit(np.array([[-1.0], [1.0]] * 4), np.array([0, 0, 1, 1, 1, 1, 1, 1]))

    assert model.coef_ == pytest.approx([0.0], abs=1e-4)
    assert model.intercept_ == pytest.approx(np.log(3), abs=1e-3)  # the odds are 3 to 1


def test_symmetric_data(solution):
    model = solution.LogReg(l2=0.25)
    model.fit(np.array([[-1.0], [1.0]]), np.array([0, 1]))

    # The slope of the loss is -1 / (1 + e^w), that of the penalty w / 4: they cancel at 1.0426.
    assert model.coef_ == pytest.approx([1.0426], abs=1e-3)
    assert model.intercept_ == pytest.approx(0.0, abs=1e-3)


def test_one_class_is_refused(solution):
    model = solution.LogReg()

    with pytest.raises(ValueError):  # noqa: PT011 (any text will do)
        model.fit(np.array([[1.0], [2.0]]), np.array([1, 1]))
