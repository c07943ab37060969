"""Hypothesis profiles, and what every test with containers shares: engine, images, one judge."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from judge.bootstrap import LocalJudge, local_judge
from judge.engine.client import Engine
from judge.images import PROFILES, build_image, engine_client
from judge.settings import Settings

settings.register_profile("dev", max_examples=25, deadline=None)
settings.register_profile("ci", max_examples=200, deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

BUNDLED_PROBLEMS = Path(__file__).resolve().parent.parent / "problems"


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """The container engine, with the images of the runner as it is now."""
    client = engine_client()
    for profile in PROFILES:
        build_image(client, profile, print)
    yield client
    client.close()


@pytest.fixture(scope="session")
def judge_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A data directory of the tests' own."""
    return Settings(tmp_path_factory.mktemp("data"), (BUNDLED_PROBLEMS,))


@pytest.fixture(scope="session")
def judge(engine: Engine, judge_settings: Settings) -> Iterator[LocalJudge]:
    """One judge for all tests: its graders are started once."""
    with local_judge(judge_settings) as judge:
        yield judge
