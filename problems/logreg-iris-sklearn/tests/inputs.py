"""What valid flowers are, and random ones."""

import numpy as np
from flowers import answer, assert_consistent, split
from hypothesis import strategies as st

SURE = 0.99  # of the reference: whoever sees another species there is wrong
LEARNT = split(7)


def validate(X_train, y_train, X_test):
    """Raise ValueError naming the constraint that an input breaks."""
    train, test = _flowers(X_train, "X_train"), _flowers(X_test, "X_test")
    labels = np.asarray(y_train)
    if not 60 <= len(train) <= 150:
        raise ValueError("X_train must have 60 to 150 rows")
    if not 1 <= len(test) <= 10_000:
        raise ValueError("X_test must have 1 to 10000 rows")
    if labels.shape != (len(train),) or labels.dtype.kind not in "iu":
        raise ValueError("y_train must have one integer for each row of X_train")
    values, counts = np.unique(labels, return_counts=True)
    if len(values) != 3 or counts.min() < 15:
        raise ValueError("y_train must have three different labels, each at least 15 times")


def strategy():
    """A few flowers of any shape; which ones to learn from is for the test to say."""
    length = st.integers(1, 80).map(lambda millimetres: millimetres / 10)
    flower = st.lists(length, min_size=4, max_size=4)
    return st.lists(flower, min_size=1, max_size=4)


def ask(solution, rows):
    """Return classes and probabilities of some flowers, and of the last of them alone."""
    X_test = np.array(rows)
    classes, probabilities = answer(solution, LEARNT, X_test)
    _, alone = answer(solution, LEARNT, X_test[-1:])
    return classes, probabilities, alone[0]


def compare(found, right, rows):
    """Fail for probabilities that are none, that depend on company, or for a sure mistake."""
    classes, probabilities, alone = found
    assert_consistent(classes, probabilities, LEARNT.y_train)
    assert np.allclose(alone, probabilities[-1], rtol=0, atol=1e-6)
    sure = _is_ordinary(rows) & (right[1].max(axis=1) > SURE)
    assert np.array_equal(classes[sure], right[0][sure])


def _is_ordinary(rows):
    low, high = LEARNT.X_train.min(axis=0), LEARNT.X_train.max(axis=0)
    return ((np.array(rows) >= low) & (np.array(rows) <= high)).all(axis=1)


def _flowers(written, name):
    rows = np.asarray(written, dtype=float)
    if rows.ndim != 2 or rows.shape[1] != 4:
        raise ValueError(f"{name} must have four columns")
    if not ((rows >= 0.1) & (rows <= 10)).all():
        raise ValueError(f"measurements in {name} must lie between 0.1 and 10")
    return rows
