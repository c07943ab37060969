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
    if labelled.expected is not Verdict.AC:
        return
    for test in judgement.tests:
        if test.limits is not None and test.verdict is Verdict.AC:
            yield from _near(test, test.limits)


def _near(test: TestResult, limits: Limits) -> Iterator[str]:
    seconds = (
        ("cpu_seconds", "s of CPU time", test.cpu_seconds, limits.cpu_seconds),
        ("wall_seconds", "s of wall time", test.wall_seconds, limits.wall_seconds),
    )
    for key, unit, used, most in seconds:
        if used >= SHARE * most:
            yield _words(
                test, f"{used:.2f} of {most:g} {unit}", f"{key} = {math.ceil(_ROOM * used)}"
            )
    if test.memory_mib >= SHARE * limits.memory_mib:
        enough = math.ceil(_ROOM * test.memory_mib / _MEMORY_STEP_MIB) * _MEMORY_STEP_MIB
        used_mib = f"{test.memory_mib:.0f} of {limits.memory_mib} MiB"
        yield _words(test, used_mib, f"memory_mib = {enough}")


def _words(test: TestResult, used: str, enough: str) -> str:
    return (
        f"{test.name} takes {used}, more than half: `{enough}` in [limits], or in the test's "
        "`limits` marker, would leave room; or make the test smaller"
    )
