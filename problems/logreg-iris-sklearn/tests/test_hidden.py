"""Hidden tests: six splits of the iris data, and everything a review would ask."""

import numpy as np
import pytest
from flowers import SEEDS, Split, accuracy, answer, assert_consistent, log_loss, split
from hypothesis import given, settings
from inputs import strategy

from judge.testing import pitfalls

group, points, hint = pytest.mark.group, pytest.mark.points, pytest.mark.hint


@group("accuracy")
@points(20)
@hint("Mean accuracy of at least 0.92 over six splits: four features, and a model that converged.")
def test_accuracy(solution):
    scores = []
    for seed in SEEDS:
        flowers = split(seed)
        classes, _ = answer(solution, flowers)
        scores.append(accuracy(classes, flowers.y_test))

    assert np.mean(scores) >= 0.92


@group("probabilities")
@points(10)
@hint("Rows add up to 1, and the largest entry of a row belongs to the predicted class.")
def test_probabilities_agree_with_classes(solution):
    flowers = split(SEEDS[0])

    assert_consistent(*answer(solution, flowers), flowers.y_train)


@group("probabilities")
@points(10)
@hint("Mean log-loss of at most 0.35 over six splits: certainty that is wrong costs most.")
def test_log_loss(solution):
    losses = []
    for seed in SEEDS:
        flowers = split(seed)
        _, probabilities = answer(solution, flowers)
        losses.append(log_loss(probabilities, flowers.y_test))

    assert np.mean(losses) <= 0.35


@group("convergence")
@points(15)
@hint("No warning may be raised: let the optimiser arrive.")
@pytest.mark.no_warnings
def test_no_warnings(solution):
    for seed in SEEDS:
        answer(solution, split(seed))


@group("columns")
@points(10)
@hint("The four columns may come in another order.")
def test_permuted_columns(solution):
    scores = []
    for order in [[3, 2, 1, 0], [2, 3, 0, 1], [1, 0, 3, 2]]:
        X_train, y_train, X_test, y_test = split(SEEDS[1])
        classes, _ = answer(solution, Split(X_train[:, order], y_train, X_test[:, order], y_test))
        scores.append(accuracy(classes, y_test))

    assert min(scores) >= 0.9


@group("columns")
@hint("A measurement may be the same for all flowers; the others still tell them apart.")
@pytest.mark.pitfall("constant_feature")
def test_a_constant_column(solution):
    X_train, y_train, X_test, y_test = split(SEEDS[1])
    X_train[:, 1] = X_test[:, 1] = 0.1  # whose mean is not quite 0.1
    classes, probabilities = answer(solution, Split(X_train, y_train, X_test, y_test))

    assert_consistent(classes, probabilities, y_train)
    assert accuracy(classes, y_test) >= 0.9


@group("labels")
@points(5)
@hint("Labels need not be 0, 1, 2; columns of probabilities are in ascending order of the labels.")
@pytest.mark.parametrize("names", [[10, 20, 30], [7, -4, 2]], ids=["tens", "unordered"])
def test_other_labels(solution, names):
    X_train, y_train, X_test, y_test = split(SEEDS[2])
    flowers = Split(X_train, np.array(names)[y_train], X_test, np.array(names)[y_test])

    classes, probabilities = answer(solution, flowers)

    assert_consistent(classes, probabilities, flowers.y_train)
    assert accuracy(classes, flowers.y_test) >= 0.9
    assert log_loss(probabilities, flowers.y_test) <= 0.5


@group("single")
@points(5)
@hint("There may be a single flower to predict.")
def test_single_flower(solution):
    flowers = split(SEEDS[3])

    for row in (0, 10, 20):
        classes, probabilities = answer(solution, flowers, flowers.X_test[row : row + 1])
        assert_consistent(classes, probabilities, flowers.y_train)


@group("companions")
@points(10)
@hint("What a flower gets must not depend on the other flowers in X_test.")
@pytest.mark.pitfall("leakage")
def test_other_companions(solution):
    flowers = split(SEEDS[4])
    classes, probabilities = answer(solution, flowers)
    large = np.vstack([flowers.X_test[:20], np.full((40, 4), 9.0)])

    for rows, part in [(flowers.X_test[:5], slice(5)), (flowers.X_test[7:8], slice(7, 8))]:
        some_classes, some_probabilities = answer(solution, flowers, rows)
        assert np.array_equal(some_classes, classes[part])
        assert np.allclose(some_probabilities, probabilities[part], rtol=0, atol=1e-6)
    _, among_giants = answer(solution, flowers, large)
    assert np.allclose(among_giants[:20], probabilities[:20], rtol=0, atol=1e-6)


@group("companions")
@points(5)
@hint("Random flowers: each gets the same with its companions as alone.")
@pytest.mark.limits(cpu_seconds=20)
@settings(max_examples=15)
@given(rows=strategy())
@pytest.mark.pitfall("leakage")
def test_alone_or_in_company(solution, rows):
    flowers = split(SEEDS[5])
    X_test = np.array(rows)
    classes, probabilities = answer(solution, flowers, X_test)
    _, alone = answer(solution, flowers, X_test[-1:])

    assert_consistent(classes, probabilities, flowers.y_train)
    assert np.allclose(alone[0], probabilities[-1], rtol=0, atol=1e-6)


@group("companions")
@hint("What a flower gets must not depend on the other flowers in X_test.")
@pytest.mark.pitfall("leakage")
def test_each_flower_alone(solution):
    flowers = split(SEEDS[4])
    far_out = np.vstack([flowers.X_test[:3], np.full((1, 4), 9.9)])

    pitfalls.alone_as_in_company(lambda rows: answer(solution, flowers, rows)[1], far_out)


@group("large", after="accuracy")
@points(5)
@hint("Ten thousand flowers: one fit is enough for all of them.")
@pytest.mark.limits(cpu_seconds=4)
def test_many_flowers(solution):
    flowers = split(SEEDS[0])
    rng = np.random.default_rng(5)
    rows = flowers.X_test[rng.integers(0, 60, 10_000)] + rng.uniform(0.0, 0.1, (10_000, 4))

    assert_consistent(*answer(solution, flowers, rows), flowers.y_train)
