"""The order of tests: samples, then groups as written, but first what is cheap or needed."""

from collections.abc import Iterable

import pytest

from judge.testing.markers import MarkerError, after, group_of, is_sample


def arrange(items: Iterable[pytest.Item]) -> list[pytest.Item]:
    """Return the tests group by group, a group after all that it comes after.

    Among those that may run the one with the smallest CPU limit in its markers comes first, then
    the one written first: a wrong submission is refused before anything long begins. Raises
    MarkerError for a group that is unknown or waits for itself.
    """
    samples: list[pytest.Item] = []
    groups: dict[str, list[pytest.Item]] = {}
    for item in items:
        if is_sample(item):
            samples.append(item)
        else:
            groups.setdefault(group_of(item), []).append(item)
    ordered, waiting = samples, dict(groups)
    needed = needs(test for tests in groups.values() for test in tests)
    for name, named in needed.items():
        if unknown := sorted(named - {*groups, "samples"}):
            raise MarkerError(f"group {name!r} comes after {unknown[0]!r}, and there is no such")
    while waiting:
        free = [name for name in waiting if not needed[name] & waiting.keys()]
        if not free:
            raise MarkerError(f"groups that wait for each other: {', '.join(sorted(waiting))}")
        ordered += waiting.pop(min(free, key=lambda name: _cost(groups[name])))
    return ordered


def needs(items: Iterable[pytest.Item]) -> dict[str, set[str]]:
    """Return of each group which others it comes after; one test of it that says so is enough."""
    found: dict[str, set[str]] = {}
    for item in items:
        found.setdefault(group_of(item), set()).update(after(item))
    return found


def _cost(tests: Iterable[pytest.Item]) -> float:
    markers = (test.get_closest_marker("limits") for test in tests)
    return max((float(m.kwargs.get("cpu_seconds", 0)) for m in markers if m is not None), default=0)
