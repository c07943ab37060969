"""Tests written as unittest.TestCase are tests too."""

import pytest

from judge.model import Verdict
from tests.testing.graded import Grade

pytestmark = pytest.mark.docker
WRONG = "def double(n):\n    return n + 1\n"


def test_a_failing_test_case_of_unittest_is_a_failure(grade: Grade) -> None:
    tests = """
import unittest, pytest
class TestDouble(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def _solution(self, solution):
        self.double = solution.double
    def test_two(self):
        self.assertEqual(self.double(2), 4)
"""
    assert grade(tests).verdict is Verdict.AC
    assert grade(tests, WRONG).verdict is Verdict.WA
