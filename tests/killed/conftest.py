"""An engine that may be killed, for the whole session; where none can be started, a reason."""

import sys
from collections.abc import Callable, Iterator

import pytest

from judge.engine.client import Engine
from tests.killed import private_engine as own

Say = Callable[[str], None]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Tell figures to whoever runs the tests, also when nothing failed."""

    def aloud(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}")
            sys.stdout.flush()

    return aloud


@pytest.fixture(scope="session")
def startable() -> None:
    """Skip where no second engine can be started."""
    if (reason := own.why_not()) is not None:
        pytest.skip(reason)


@pytest.fixture(scope="session")
def killable_engine(startable: None, engine: Engine) -> Iterator[own.PrivateEngine]:
    """An engine of its own with the image of the profile `python`."""
    with own.private_engine(engine) as started:
        yield started


@pytest.fixture
def private(killable_engine: own.PrivateEngine) -> Iterator[own.PrivateEngine]:
    """The same, answering at the beginning and at the end of a test."""
    killable_engine.revive()
    yield killable_engine
    killable_engine.revive()
