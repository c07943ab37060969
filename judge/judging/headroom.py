"""Does an accepted submission keep clear of its limits, so that a busy machine changes nothing?"""

import math
from collections.abc import Iterator

from judge.catalog import Labelled
from judge.model import Judgement, Limits, TestResult, Verdict

SHARE = 0.5  # of a limit; a machine half as fast is nothing unusual
_ROOM = 2.5  # a limit is suggested as so many times what was used
_MEMORY_STEP_MIB = 64


def near_limits(labelled: Labelled, judgement: Judgement) -> Iterator[str]:
    """Complain of every test in which an accepted submission uses half of a limit or more."""
    for test, limits in _accepted(labelled, judgement):
        if test.cpu_seconds >= SHARE * limits.cpu_seconds:
            used = f"{test.cpu_seconds:.2f} of {limits.cpu_seconds:g} s of CPU time"
            yield _words(test, used, f"cpu_seconds = {math.ceil(_ROOM * test.cpu_seconds)}")
        if test.memory_mib >= SHARE * limits.memory_mib:
            enough = math.ceil(_ROOM * test.memory_mib / _MEMORY_STEP_MIB) * _MEMORY_STEP_MIB
            used = f"{test.memory_mib:.0f} of {limits.memory_mib} MiB"
            yield _words(test, used, f"memory_mib = {enough}")


def slow_by_the_clock(labelled: Labelled, judgement: Judgement) -> Iterator[str]:
    """Warn of tests that take long by the clock: they wait, or the machine was busy."""
    for test, limits in _accepted(labelled, judgement):
        if test.wall_seconds >= SHARE * limits.wall_seconds:
            used = f"{test.wall_seconds:.2f} of {limits.wall_seconds:g} s of wall time"
            enough = f"wall_seconds = {math.ceil(_ROOM * test.wall_seconds)}"
            yield f"{labelled.name}: {_words(test, used, enough)}, unless this machine was busy"


def _accepted(labelled: Labelled, judgement: Judgement) -> Iterator[tuple[TestResult, Limits]]:
    if labelled.expected is Verdict.AC:
        for test in judgement.tests:
            if test.limits is not None and test.verdict is Verdict.AC:
                yield test, test.limits


def _words(test: TestResult, used: str, enough: str) -> str:
    return (
        f"{test.name} takes {used}, more than half: `{enough}` in [limits], or in the test's "
        "`limits` marker, would leave room; or make the test smaller"
    )
