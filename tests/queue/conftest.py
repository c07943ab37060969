"""A store of its own for every test, with the one learner that a server has."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from judge.store import ME, Store
from tests.stored import new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        yield store


@pytest.fixture
def me(store: Store) -> int:
    return store.learners.named(ME)
