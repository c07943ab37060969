"""A box to try things in, without a grader."""

from collections.abc import Iterator

import pytest

from judge.bootstrap import LocalJudge
from judge.model import Limits
from tests.boxes import BoxChannel, a_boxed_channel


@pytest.fixture
def channel(judge: LocalJudge) -> Iterator[BoxChannel]:
    with a_boxed_channel(judge, Limits(cpu_seconds=10, wall_seconds=20)) as channel:
        yield channel
