"""The markers an author may put on a test, and what is told of a test to the worker."""

from pathlib import Path
from typing import Any

import pytest

from judge.testing import pitfalls

SAMPLES_FILE = "test_samples.py"
MARKERS = (
    "group(name, after=()): tests that earn points together, up to the first failure; "  # noqa: ISC004 (both are one text)
    "they do not run when a group they come after did not pass",
    "points(n): adds n to the points of the test's group",
    "hint(text): shown with a failure of this test",
    "title(text): shown as the name of a hidden test",
    "limits(cpu_seconds, wall_seconds, memory_mib): what this test may use",
    "pitfall(name): what this test is about, of `judge.testing.pitfalls`",
    "reveal: a failure of this hidden test may show its input",
    "no_warnings: a Python warning in the submission fails the test",
)
_LIMITS = frozenset({"cpu_seconds", "wall_seconds", "memory_mib"})


class MarkerError(Exception):
    """A marker with arguments it does not take; the text names test and marker."""


def register(config: pytest.Config) -> None:
    """Make the markers known, so that a misspelt one is an error."""
    for line in MARKERS:
        config.addinivalue_line("markers", line)


def is_sample(item: pytest.Item) -> bool:
    """Whether a learner may see the test."""
    return Path(str(item.path)).name == SAMPLES_FILE


def group_of(item: pytest.Item) -> str:
    """Return the group of a test: its marker's, else `samples` or `hidden`."""
    default = "samples" if is_sample(item) else "hidden"
    marker = item.get_closest_marker("group")
    if marker is None:
        return default
    if len(marker.args) != 1 or not set(marker.kwargs) <= {"after"}:
        raise MarkerError(f"{item.name}: group() takes a name, and after= other groups")
    return str(marker.args[0])


def after(item: pytest.Item) -> tuple[str, ...]:
    """Return the groups that must have passed before this test's group runs."""
    marker = item.get_closest_marker("group")
    named = () if marker is None else marker.kwargs.get("after", ())
    return (named,) if isinstance(named, str) else tuple(named)


def reveals(item: pytest.Item) -> bool:
    """Whether a failure of this hidden test may show its input."""
    marker = item.get_closest_marker("reveal")
    if marker is not None and (marker.args or marker.kwargs):
        raise MarkerError(f"{item.name}: reveal takes no arguments")
    return marker is not None


def describe(item: pytest.Item) -> dict[str, Any]:
    """Return what the worker is told of a test before it runs."""
    limits: dict[str, Any] = {}
    reveals(item)
    pitfall = _argument(item, "pitfall", None)
    if pitfall is not None and not pitfalls.known(pitfall):
        names = ", ".join(pitfalls.names())
        raise MarkerError(f"{item.name}: there is no pitfall {pitfall!r}; there are {names}")
    if (marker := item.get_closest_marker("limits")) is not None:
        limits = dict(marker.kwargs)
        if marker.args or not set(limits) <= _LIMITS:
            raise MarkerError(f"{item.name}: limits() takes {', '.join(sorted(_LIMITS))} by name")
    return {
        "name": item.name,
        "group": group_of(item),
        "sample": is_sample(item),
        "points": int(_argument(item, "points", 0)),
        "hint": _argument(item, "hint", None),
        "title": _argument(item, "title", None),
        "limits": limits,
        "pitfall": pitfall,
    }


def _argument(item: pytest.Item, name: str, default: Any) -> Any:
    marker = item.get_closest_marker(name)
    if marker is None:
        return default
    if len(marker.args) != 1 or marker.kwargs:
        raise MarkerError(f"{item.name}: {name}() takes one argument")
    return marker.args[0]
