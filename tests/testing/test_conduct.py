"""Any right answer passes, side effects and missing learning do not; chance is given its due."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.testing import (
    CallResult,
    deterministic,
    frequencies_are,
    learns,
    mean_is,
    same_items,
    unchanged,
    valid,
)


def refused(words: str):
    return pytest.raises(AssertionError, match=words)


def called(*args: object) -> CallResult:
    return CallResult(None, list(args), {}, "", "", [], 0.0)


@pytest.mark.parametrize("said", [None, True])
def test_an_answer_without_a_complaint_is_right(said) -> None:
    valid(1, lambda _: said)


@pytest.mark.parametrize(("said", "words"), [("too long", "too long"), (False, "no right answer")])
def test_an_answer_with_a_complaint_is_not(said, words) -> None:
    with refused(words):
        valid(1, lambda _: said)


@given(st.lists(st.integers(0, 2) | st.lists(st.integers(0, 1), max_size=2)).flatmap(
    lambda items: st.tuples(st.just(items), st.permutations(items))
))  # fmt: skip
def test_items_may_come_in_any_order(both) -> None:
    same_items(*both)


@pytest.mark.parametrize(
    ("found", "expected", "words"),
    [
        ([1, 1], [1], r"1 is there too often \(1 too many\)"),
        ([1], [1, 2, 2], r"2 is missing \(2 more wanted\)"),
        ([True], [1], "True is there too often"),
        ([1.0], [1], "1.0 is there too often"),
        ([(1, 2)], [[1, 2]], "too often"),
        ("ab", ["a", "b"], "str where a list"),
        ({1: 2}, [1], "dict where a list"),
        (None, [1], "NoneType where a list"),
    ],
)
def test_items_are_counted_and_typed(found, expected, words) -> None:
    with refused(words):
        same_items(found, expected)


def test_arguments_must_stay_as_they_were() -> None:
    unchanged(called([1, 2], np.array([1.0, np.nan])), [1, 2], np.array([1.0, np.nan]))
    with refused(r"argument 0 was \[1, 2\] and is \[2, 1\] afterwards"):
        unchanged(called([2, 1]), [1, 2])
    with refused("argument 1"):
        unchanged(called(1, np.array([1.0])), 1, np.array([1]))
    with pytest.raises(ValueError, match="echo_args"):
        unchanged(CallResult(None, None, None, "", "", [], 0.0), [1])


def test_equal_calls_must_agree_to_the_bit() -> None:
    deterministic(lambda: {"a": [np.arange(3), {1.5}]}, times=3)
    values = iter([0.1 + 0.2, 0.3])
    with refused("different values"):
        deterministic(lambda: next(values))


def test_learning_is_measured_between_baseline_and_reference() -> None:
    learns([0.9, 0.88], baseline=[0.5, 0.5], reference=[0.9, 0.9])
    with refused(r"mean score of 0.7 over 2 seeds; 0.82 is wanted"):
        learns([0.7, 0.7], baseline=[0.5, 0.5], reference=[0.9, 0.9])
    for score in (float("nan"), float("inf")):
        with refused("not finite"):
            learns([score], baseline=[0.5], reference=[0.9])
    with pytest.raises(ValueError, match="one score for each seed"):
        learns([0.9], baseline=[0.5, 0.5], reference=[0.9, 0.9])
    with pytest.raises(ValueError, match="does not beat"):
        learns([1.0], baseline=[0.9], reference=[0.9])


@pytest.mark.parametrize("seed", range(20))
def test_chance_alone_refuses_nobody(seed: int) -> None:
    rng = np.random.default_rng(seed)
    mean_is(rng.uniform(size=2_000), 0.5, low=0, high=1)
    drawn = rng.choice(["a", "b"], p=[0.25, 0.75], size=2_000).tolist()
    frequencies_are(drawn, {"a": 0.25, "b": 0.75})


def test_what_chance_cannot_explain_is_refused() -> None:
    rng = np.random.default_rng(0)
    with refused("off by 0.1"):
        mean_is(rng.uniform(size=2_000) ** 2 + 0.05, 0.5, low=0, high=1.05)
    with refused("'a': the mean of 2000 samples"):
        frequencies_are(["a"] * 1_000 + ["b"] * 1_000, {"a": 0.25, "b": 0.75})
    with refused("'c' was drawn"):
        frequencies_are(["c"], {"a": 1.0})
    with refused("was drawn"):
        frequencies_are([[0]], {0: 1.0})
    with refused("outside"):
        mean_is([2.0], 0.5, low=0, high=1)
    with refused("shape"):
        mean_is([], 0.5, low=0, high=1)


def test_more_comparisons_leave_more_to_chance() -> None:
    samples = [1.0] * 60 + [0.0] * 40
    with refused("off by 0.1"):
        mean_is(samples, 0.5, low=0, high=1, false_alarm=0.5)
    mean_is(samples, 0.5, low=0, high=1, false_alarm=0.5, comparisons=100)
