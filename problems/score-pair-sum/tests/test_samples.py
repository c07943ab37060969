"""Sample tests: what is asked for, on lists one can check by hand."""


def test_first_and_second_score(solution):
    assert solution.pair_indices([2, 7, 11], 9) == (0, 1)


def test_negative_scores(solution):
    assert solution.pair_indices([4, -6, 10, 3], -3) == (1, 3)


def test_no_pair(solution):
    assert solution.pair_indices([5, 1, 8], 7) is None


def test_any_right_pair_is_accepted(solution):
    assert solution.pair_indices([1, 4, 6, 9], 10) in [(0, 3), (1, 2)]
