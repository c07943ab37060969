"""Every example of a check in docs/authoring.md runs as it stands there, and so do its tests."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import judge.testing
import judge.testing.pitfalls
from tests.fakes import MemoryChannel

GUIDE = Path(__file__).resolve().parent.parent.parent / "docs" / "authoring.md"
SECTION = GUIDE.read_text(encoding="utf-8").partition("## Checks")[2].partition("## Markers")[0]
EXAMPLES = re.findall(r"```python\n(.*?)```", SECTION, re.DOTALL)
SOLUTION = """
import numpy as np

def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

def standardise(X):
    return (X - X.mean(axis=0)) / X.std(axis=0)

def smallest(reached, low, high):
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if reached(middle) else (middle + 1, high)
    return low
"""


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_runs(example: str) -> None:
    names: dict[str, Any] = {}
    exec(compile(example, str(GUIDE), "exec"), names)  # noqa: S102 (our own guide)
    solution = MemoryChannel(SOLUTION).solution
    for name, test in names.items():
        if name.startswith("test_"):
            for given in parameters(test):
                wanted = test.__code__.co_varnames[: test.__code__.co_argcount]
                sides = {"solution": solution, "reference": solution}
                test(**{one: value for one, value in sides.items() if one in wanted}, **given)


def parameters(test: Callable[..., None]) -> Iterator[dict[str, object]]:
    """What a test is to be given: its parametrised values one by one, else nothing."""
    marks = [one for one in getattr(test, "pytestmark", ()) if one.name == "parametrize"]
    if not marks:
        yield {}
    for mark in marks:
        name, values = mark.args
        yield from ({name: value} for value in values)


def test_every_check_is_in_the_guide() -> None:
    values = {"CallResult", "LinkedList", "ProgramResult", "SubmissionError", "Tree"}
    for name in {*judge.testing.__all__} - values:
        assert f"`{name}" in GUIDE.read_text(encoding="utf-8")


def test_every_pitfall_is_in_the_guide_with_what_its_cases_hold() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*`.*) \|$", SECTION, re.MULTILINE))
    for name in judge.testing.pitfalls.names():
        for field in judge.testing.pitfalls.cases(name)[0]._fields:
            assert f"`{field}`" in rows[name]
    for check in {*judge.testing.pitfalls.__all__} - {"Case", "cases", "known", "names"}:
        assert f"pitfalls.{check}(" in SECTION
