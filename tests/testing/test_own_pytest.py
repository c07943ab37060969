"""A learner's or author's own pytest, with the judge's plugin in it."""

import pytest

from judge.testing.local import pytest_load_initial_conftests


@pytest.mark.parametrize("argument", ["x" * 300, "a\0b", "-k", "nowhere.py::test"])
def test_an_argument_that_is_no_path_is_passed_over(argument: str) -> None:
    pytest_load_initial_conftests([argument])
