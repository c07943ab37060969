def test_two(solution):
    assert solution.double(2) == 4
