"""Values as text for a person: what Python would write, cut where long, never raising."""

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.testing import expose
from judge.testing.rendering import value_text
from tests.fakes import MemoryChannel

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner)
        | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        | st.frozensets(st.integers(), min_size=1, max_size=3)
        | st.sets(st.integers(), max_size=3)
    ),
    max_leaves=8,
)


@given(plain)
def test_a_short_value_is_what_python_writes(value: object) -> None:
    expected = repr(value)

    assert value_text(value, limit=100_000) == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-0.0, "-0.0"),
        (math.nan, "nan"),
        ((1,), "(1,)"),
        (set(), "set()"),
        (frozenset({1}), "frozenset({1})"),
        (frozenset(), "frozenset()"),
        (np.float64(1.5), "np.float64(1.5)"),
        (np.array([1, 2]), "array([1, 2])"),
        (10**5000, "<an integer of about 5000 digits>"),
        (list(range(50)), f"[{', '.join(map(str, range(40)))}, … 10 more]"),
    ],
    ids=[
        "zero",
        "nan",
        "tuple",
        "set",
        "frozenset",
        "empty frozenset",
        "scalar",
        "array",
        "integer",
        "list",
    ],
)
def test_a_value_as_text(value: object, text: str) -> None:
    assert value_text(value) == text


@pytest.mark.parametrize(
    "value",
    ["x" * 10**6, [["x" * 999] * 999] * 999, np.zeros(10**6), dict.fromkeys(range(99), "y" * 99)],
    ids=["text", "lists", "array", "dict"],
)  # fmt: skip
def test_a_long_value_is_cut(value: object) -> None:
    assert len(value_text(value)) <= 2_100


def test_a_deep_value_is_cut() -> None:
    value: list[Any] = []
    for _ in range(50_000):
        value = [value]

    assert "…" in value_text(value)


def test_what_cannot_be_shown_says_so() -> None:
    class Broken:
        def __repr__(self) -> str:
            raise RuntimeError("no")

    assert value_text(Broken()) == "<Broken that cannot be shown: RuntimeError>"


def test_an_object_of_either_side_is_called_by_its_type() -> None:
    model = MemoryChannel("class Model: pass").solution.Model()

    assert value_text([model]) == "[<Model object>]"
    assert value_text(expose(len)) == "<builtin_function_or_method of the test>"
