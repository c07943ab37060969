"""Hidden tests: any right pair is accepted, None only where there is none."""

import numpy as np
import pytest
from hypothesis import given, settings
from inputs import MAX_LENGTH, strategy
from pairs import is_pair

from judge.testing import pitfalls

group, points, hint = pytest.mark.group, pytest.mark.points, pytest.mark.hint


def one_more_than_multiples_of_three(length, seed):
    """Return scores no two of which add up to a multiple of three."""
    rng = np.random.default_rng(seed)
    return (3 * rng.integers(-(10**9), 10**9, length) + 1).tolist()


@group("short")
@points(5)
@hint("A list may be empty or have one score: then there is no pair.")
def test_too_short_for_a_pair(solution):
    assert solution.pair_indices([], 0) is None
    assert solution.pair_indices([], 5) is None
    assert solution.pair_indices([7], 7) is None


@group("short")
@points(5)
@hint("Two scores: the only possible answers are (0, 1) and None.")
def test_two_scores(solution):
    assert solution.pair_indices([3, -8], -5) == (0, 1)
    assert solution.pair_indices([3, -8], 5) is None


@group("short")
@points(5)
@hint("A target of zero or a score of zero is a number like any other.")
def test_zeros(solution):
    assert solution.pair_indices([7, 5, -5], 0) == (1, 2)
    assert solution.pair_indices([0, 6, 1], 6) == (0, 1)
    assert solution.pair_indices([-1, 2, 0], 3) is None


@group("short")
@points(5)
@hint("Scores may be negative, and so may the target.")
def test_negative_scores(solution):
    scores = [-3, -10, 4, -7]

    assert solution.pair_indices(scores, -17) == (1, 3)
    assert is_pair(solution.pair_indices(scores, -3), scores, -3)


@group("duplicates")
@points(8)
@hint("One example cannot be paired with itself.")
@pytest.mark.pitfall("duplicates_and_ties")
def test_half_the_target_is_there_once(solution):
    assert solution.pair_indices([5, 1, 2], 10) is None
    assert solution.pair_indices([1, 5, 2], 10) is None
    assert solution.pair_indices([1, 2, 5], 10) is None
    assert solution.pair_indices([4, 0, -1], 0) is None


@group("duplicates")
@points(8)
@hint("Two different examples may have the same score, and then they can be paired.")
@pytest.mark.pitfall("duplicates_and_ties")
def test_half_the_target_is_there_twice(solution):
    assert solution.pair_indices([5, 1, 5], 10) == (0, 2)
    assert solution.pair_indices([0, 0], 0) == (0, 1)
    assert solution.pair_indices([8, 3, 1, 3], 6) == (1, 3)


@group("duplicates")
@points(8)
@hint("When a score occurs several times, any of its positions is right.")
@pytest.mark.pitfall("duplicates_and_ties")
def test_every_score_repeats(solution):
    scores = [2, 2, 2, 9, 9]

    assert is_pair(solution.pair_indices(scores, 11), scores, 11)
    assert is_pair(solution.pair_indices(scores, 4), scores, 4)
    assert solution.pair_indices(scores, 13) is None


@group("duplicates")
@hint("When a score occurs several times, any of its positions is right.")
@pytest.mark.pitfall("duplicates_and_ties")
def test_ties_of_all_kinds(solution, reference):
    for case in pitfalls.cases("duplicates_and_ties"):
        scores = case.values.tolist()
        for target in range(2 * min(scores), 2 * max(scores) + 1):
            answer = solution.pair_indices(scores, target)
            if reference.pair_indices(scores, target) is None:
                assert answer is None
            else:
                assert is_pair(answer, scores, target)


@group("integers")
@points(8)
@hint("Sums must match exactly; a float cannot tell very large neighbouring integers apart.")
def test_large_sums_that_miss_by_one(solution):
    scores = [2**53, 2**53 + 4, 10**18 - 1]

    assert solution.pair_indices(scores, 2**54 + 5) is None
    assert solution.pair_indices(scores, 10**18 + 2**53) is None


@group("integers")
@points(8)
@hint("Sums must match exactly; a float cannot tell very large neighbouring integers apart.")
def test_large_sums_that_match(solution):
    scores = [10**18 - 1, 10**18 - 2, 10**18, -(10**18), 10**18 - 3]

    assert solution.pair_indices(scores, 2 * 10**18 - 5) == (1, 4)
    assert solution.pair_indices(scores, -3) == (3, 4)


@group("input")
@points(10)
@hint("The list that was passed in must be unchanged afterwards.")
def test_leaves_its_input_alone(solution):
    scores = [9, 4, 7, 1, 7]

    found = solution.pair_indices.call(scores, 11, echo_args=True)
    missing = solution.pair_indices.call(scores, 100, echo_args=True)

    assert found.args[0] == scores
    assert is_pair(found.value, scores, 11)
    assert missing.args[0] == scores
    assert missing.value is None


@group("random")
@points(12)
@hint("Compared with a reference solution on random short lists.")
@settings(max_examples=100)
@given(case=strategy())
def test_agrees_with_the_reference(solution, reference, case):
    scores, target = case
    answer = solution.pair_indices(scores, target)
    nothing_to_find = reference.pair_indices(scores, target) is None

    assert answer is None if nothing_to_find else is_pair(answer, scores, target)


@group("large", after="duplicates")
@points(6)
@hint("The list has full length: comparing all pairs takes hours.")
def test_long_list_without_a_pair(solution):
    scores = one_more_than_multiples_of_three(MAX_LENGTH, seed=6)

    assert solution.pair_indices(scores, 3 * 10**6) is None


@group("large", after="duplicates")
@points(6)
@hint("The list has full length, and the only pair lies as far apart as can be.")
def test_only_pair_at_both_ends(solution):
    middle = one_more_than_multiples_of_three(MAX_LENGTH - 2, seed=7)
    scores = [3 * 10**8, *middle, 3 * 10**7]

    assert solution.pair_indices(scores, 33 * 10**7) == (0, MAX_LENGTH - 1)


@group("large", after="duplicates")
@points(6)
@hint("The list has full length and only few different scores.")
def test_long_list_of_few_scores(solution):
    scores = [4, 10] * (MAX_LENGTH // 2 - 1) + [1, 6]

    assert is_pair(solution.pair_indices(scores, 7), scores, 7)
    assert solution.pair_indices(scores, 9) is None
