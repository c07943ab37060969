"""A folder with one small package, for the commands to work on."""

from pathlib import Path

import pytest

from judge.engine.client import Engine
from tests.builders import a_package
from tests.e2e.commands import FILES


@pytest.fixture
def problems(tmp_path: Path, engine: Engine) -> Path:
    a_package(tmp_path / "problems", files=FILES)
    return tmp_path / "problems"
