"""Fixtures of this problem."""

import pytest
from datasets import breast_cancer


@pytest.fixture
def cancer(data_dir):
    """The breast cancer data, split and standardised."""
    return breast_cancer(data_dir)
