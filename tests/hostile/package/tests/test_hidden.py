"""The programs misbehave when given 21; the test after it tells what is left of the box."""

import pytest


@pytest.mark.group("attack")
def test_attack(solution):
    assert solution.double(21) == 42
    assert abs(solution.double(22) - 44) < 1e-9


@pytest.mark.group("afterwards")
def test_afterwards(solution):
    assert solution.double(20) == 40
