"""Hidden tests: the minimum is unique, so any optimiser is judged by where it ends."""

import numpy as np
import pytest
from datasets import far_out, noisy, separable, task, unbalanced, zero_one
from hypothesis import given, settings
from inputs import strategy
from optimum import Task, as_point, assert_minimal, assert_value_minimal

from judge.testing import pitfalls

group, points, hint = pytest.mark.group, pytest.mark.points, pytest.mark.hint


def fitted(solution, job):
    """Fit labels 0 and 1 and return the point that was found."""
    return solution.prelude.fitted(solution.LogReg, job.l2, job.X, zero_one(job.signs))


@group("interface")
@points(3)
@hint("fit returns the estimator itself; the default penalty is 0.01.")
def test_fit_returns_self(solution):
    X, signs = noisy(60, 2, seed=1)
    model = solution.LogReg()

    assert model.fit(X, zero_one(signs)) is model
    assert_minimal(Task(X, signs, 0.01), model.coef_, model.intercept_)


@group("interface")
@points(4)
@hint("predict_proba has one row per example, both classes in the order of classes_.")
def test_probabilities(solution):
    X, signs = noisy(80, 3, seed=2)
    unseen, _ = noisy(7, 3, seed=3)
    model = solution.LogReg(l2=0.1)
    model.fit(X, zero_one(signs))

    chances = np.asarray(model.predict_proba(unseen))
    expected = 1 / (1 + np.exp(-(unseen @ model.coef_ + float(np.ravel(model.intercept_)[0]))))

    assert chances.shape == (7, 2)
    assert np.allclose(chances.sum(axis=1), 1.0, rtol=0, atol=1e-9)
    assert np.allclose(chances[:, 1], expected, rtol=0, atol=1e-6)
    assert np.array_equal(model.predict(unseen), (expected > 0.5).astype(int))


@group("interface")
@points(4)
@hint("Fitting again forgets everything, the number of features included.")
def test_fit_twice(solution):
    first, second = task(noisy(50, 3, seed=4), 0.5), task(noisy(70, 5, seed=5), 0.5)
    model = solution.LogReg(l2=0.5)

    model.fit(first.X, zero_one(first.signs))
    model.fit(second.X, zero_one(second.signs))

    assert_minimal(second, model.coef_, model.intercept_)
    assert np.shape(model.predict(second.X)) == (70,)


@group("interface")
@points(4)
@hint("The arrays that were passed in must be unchanged afterwards.")
def test_leaves_its_input_alone(solution):
    X, signs = noisy(40, 2, seed=6)
    y = zero_one(signs)
    model = solution.LogReg()

    after_fit = model.fit.call(X, y, echo_args=True).args
    after_predict = model.predict_proba.call(X, echo_args=True).args

    assert np.array_equal(after_fit[0], X)
    assert np.array_equal(after_fit[1], y)
    assert np.array_equal(after_predict[0], X)


@group("minimum")
@points(6)
@hint("Real data with correlated features: a fixed number of steps does not arrive.")
def test_breast_cancer(solution, cancer):
    job = Task(cancer.X_train, np.where(cancer.y_train == 1, 1, -1), 0.01)

    assert_minimal(job, *fitted(solution, job))


@group("minimum")
@points(5)
@hint("The intercept is not penalised. With few positives it is far from zero.")
def test_unbalanced(solution):
    job = task(unbalanced(seed=7), 0.1)

    assert_minimal(job, *fitted(solution, job))


@group("minimum")
@points(5)
@hint("Separable data have a finite minimum because of the penalty.")
def test_separable(solution):
    job = task(separable(60, seed=8), 0.01)

    assert_minimal(job, *fitted(solution, job))


@group("minimum")
@points(5)
@hint("The penalty is l2 / 2 times the squared weights, next to the mean loss.")
def test_strong_penalty(solution):
    for l2 in [10.0, 100.0]:
        job = task(noisy(90, 4, seed=9), l2)
        assert_minimal(job, *fitted(solution, job))


@group("minimum")
@points(4)
@hint("There may be one feature only.")
def test_one_feature(solution):
    job = task(noisy(30, 1, seed=10), 0.05)

    assert_minimal(job, *fitted(solution, job))


@group("minimum")
@points(4)
@hint("A column may be constant.")
@pytest.mark.pitfall("constant_feature")
def test_constant_feature(solution):
    X, signs = noisy(50, 3, seed=11)
    X[:, 1] = 4.0
    job = Task(X, signs, 0.1)

    assert_minimal(job, *fitted(solution, job))


@group("minimum")
@hint("Some rows lie far out. There a full Newton step, or one along the slope, goes too far.")
def test_rows_far_out(solution):
    for seed in [106, 472]:
        job = task(far_out(30, 3, seed), 0.01)
        assert_value_minimal(job, *fitted(solution, job))


@group("minimum")
@hint("The intercept is not penalised, so predictions of the training rows are right on average.")
@pytest.mark.pitfall("penalised_intercept")
def test_right_on_average(solution):
    for case in pitfalls.cases("penalised_intercept"):
        model = solution.LogReg(l2=0.1)
        model.fit(case.X, case.labels)

        chances = np.asarray(model.predict_proba(case.X))

        pitfalls.intercept_is_free(chances[:, 1], case.labels, atol=2e-4)


@group("minimum")
@hint("A column may be constant, also one that rounding gives a spread.")
@pytest.mark.pitfall("constant_feature")
def test_constant_features_of_all_kinds(solution):
    for case in pitfalls.cases("constant_feature"):
        job = Task(case.X, 2 * case.y - 1, 0.1)

        assert_value_minimal(job, *fitted(solution, job))


@group("labels")
@points(4)
@hint("Labels need not be 0 and 1; the larger one is positive.")
@pytest.mark.parametrize(
    ("negative", "positive"), [(-1, 1), ("no", "yes"), (2.5, 7.0)], ids=["signs", "words", "floats"]
)
def test_any_two_labels(solution, negative, positive):
    X, signs = noisy(60, 2, seed=12)
    signs[0] = 1  # the first label seen is the larger one
    y = np.where(signs > 0, positive, negative)
    model = solution.LogReg(l2=0.1)
    model.fit(X, y)

    predicted = np.asarray(model.predict(X))
    chances = np.asarray(model.predict_proba(X))

    assert list(model.classes_) == [negative, positive]
    assert_minimal(Task(X, signs, 0.1), model.coef_, model.intercept_)
    assert predicted.tolist() == np.where(chances[:, 1] > 0.5, positive, negative).tolist()


@group("labels")
@points(4)
@hint("One class only is an error: ValueError.")
@pytest.mark.pitfall("one_class")
def test_one_class(solution):
    X, _ = noisy(5, 2, seed=13)

    for y in [np.zeros(5, dtype=int), np.full(5, "yes")]:
        with pytest.raises(ValueError):  # noqa: PT011 (any text will do)
            solution.LogReg().fit(X, y)


@group("stability")
@points(5)
@hint("Features of a scale of 10^4: no warnings, and the objective within 1e-6 of its minimum.")
@pytest.mark.no_warnings
def test_large_features(solution):
    job = task(noisy(400, 3, seed=14, scale=1e4), 0.01)

    assert_value_minimal(job, *fitted(solution, job))


@group("stability")
@points(5)
@hint("Far from the boundary probabilities are 0 and 1, without an overflow on the way.")
@pytest.mark.no_warnings
@pytest.mark.pitfall("huge_logits")
def test_extreme_probabilities(solution):
    X, signs = noisy(100, 3, seed=15)
    model = solution.LogReg(l2=0.1)
    model.fit(X, zero_one(signs))

    chances = np.asarray(model.predict_proba(X * 1e4))

    assert np.isfinite(chances).all()
    assert np.allclose(chances.sum(axis=1), 1.0, rtol=0, atol=1e-9)
    assert np.array_equal(np.rint(chances[:, 1]), model.predict(X * 1e4))


@group("stability")
@points(5)
@hint("Separable data with margins from small to huge: no overflow, no logarithm of zero.")
@pytest.mark.no_warnings
@pytest.mark.pitfall("log_of_zero")
@pytest.mark.limits(cpu_seconds=6)
def test_wide_margins(solution):
    sizes = np.geomspace(10.0, 1e5, 40)
    signs = np.where(np.arange(40) % 2, 1, -1)
    X = np.column_stack([signs * sizes, np.cos(np.arange(40))])
    model = solution.LogReg(l2=0.01)
    model.fit(X, zero_one(signs))

    as_point(Task(X, signs, 0.01), model.coef_, model.intercept_)
    chances = np.asarray(model.predict_proba(X))

    assert np.isfinite(chances).all()
    assert np.array_equal(model.predict(X), zero_one(signs))


@group("holdout")
@points(8)
@hint("At least 95 % of patients that your estimator has not seen.")
def test_unseen_patients(solution, cancer):
    model = solution.LogReg(l2=0.01)
    model.fit(cancer.X_train, cancer.y_train)

    assert np.mean(np.asarray(model.predict(cancer.X_test)) == cancer.y_test) >= 0.95


@group("random")
@points(8)
@hint("Compared with a reference solution on random small data.")
@pytest.mark.limits(cpu_seconds=20)
@settings(max_examples=50)
@given(case=strategy())
def test_agrees_with_the_reference(solution, reference, case):
    weights, intercept = solution.prelude.fitted(solution.LogReg, *case)
    best_weights, best_intercept = reference.prelude.fitted(reference.LogReg, *case)

    found = np.append(weights, intercept)
    best = np.append(best_weights, best_intercept)

    assert found.shape == best.shape
    assert np.abs(found - best).max() <= 1e-4 + 1e-3 * np.abs(best).max()


@group("large", after="minimum")
@points(9)
@hint("50,000 rows: a Python loop over the rows or an n by n matrix is too much.")
def test_many_rows(solution):
    X, signs = noisy(50_000, 20, seed=16)
    X += X[:, :1]  # correlated features slow a gradient method down
    job = Task(X, signs, 0.01)

    assert_minimal(job, *fitted(solution, job))
