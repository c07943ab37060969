"""What a test may use."""

from dataclasses import replace

from judge.grading import TestInfo
from judge.model import Limits


def limits_of(limits: Limits, test: TestInfo) -> Limits:
    """Return the limits of a test: its marker's before those of its problem."""
    wanted = test.limits
    cpu = limits.cpu_seconds if wanted.cpu_seconds is None else wanted.cpu_seconds
    default_wall = limits.wall_seconds if wanted.cpu_seconds is None else 3 * cpu
    return replace(
        limits,
        cpu_seconds=cpu,
        wall_seconds=default_wall if wanted.wall_seconds is None else wanted.wall_seconds,
        memory_mib=limits.memory_mib if wanted.memory_mib is None else wanted.memory_mib,
    )
