"""An array in each form of memory: as it is called, in the box, and of the same values."""

from typing import Any

import numpy as np
import pytest

from judge.proxy.channel import BadReply
from judge.proxy.codec import Codec, Ref, Reference
from judge.proxy.layouts import LaidOut
from judge.testing import layouts, unchanged
from tests.fakes import MemoryChannel

SOURCE = """
import numpy as np

def flags(X):
    return [X.dtype.str, X.flags.writeable, X.flags.c_contiguous, X.flags.f_contiguous]
def same(X): return X
def doubles(X):
    X *= 2
    return X
"""
TABLE = np.arange(6.0).reshape(2, 3)


@pytest.fixture
def solution() -> Any:
    return MemoryChannel(SOURCE).solution


def form(name: str, values: Any = TABLE) -> LaidOut:
    return next(one for one in layouts(values) if str(one) == name)


@pytest.mark.parametrize(
    ("name", "flags"),
    [
        ("float32", ["<f4", True, True, False]),
        ("read-only", ["<f8", False, True, False]),
        ("non-contiguous", ["<f8", True, False, False]),
        ("Fortran order", ["<f8", True, False, True]),
    ],
)
def test_a_submission_gets_the_form_that_is_named(
    solution: Any, name: str, flags: list[object]
) -> None:
    assert solution.flags(form(name)) == flags
    assert solution.flags(X=form(name)) == flags


@pytest.mark.parametrize("one", layouts(TABLE), ids=str)
def test_every_form_has_the_same_values_and_comes_back_as_an_ordinary_array(
    solution: Any, one: LaidOut
) -> None:
    back = solution.same(one)

    np.testing.assert_array_equal(back, TABLE)
    assert back.dtype == one.array.dtype
    assert back.flags.writeable
    unchanged(solution.same.call(one, echo_args=True), one.array)


def test_writing_to_what_is_read_only_is_the_submissions_exception(solution: Any) -> None:
    with pytest.raises(ValueError, match="read-only"):
        solution.doubles(form("read-only"))
    np.testing.assert_array_equal(solution.doubles(form("non-contiguous")), 2 * TABLE)


@pytest.mark.parametrize(
    ("values", "names"),
    [
        (TABLE, ["float32", "read-only", "non-contiguous", "Fortran order"]),
        ([1.0, 2.0], ["float32", "read-only", "non-contiguous"]),
        ([1, 2], ["read-only", "non-contiguous"]),
        (3.0, ["float32", "read-only"]),
        (np.empty((0, 2)), ["float32", "read-only", "non-contiguous", "Fortran order"]),
        (["a", "b"], ["read-only", "non-contiguous"]),
    ],
    ids=str,
)
def test_an_array_has_the_forms_it_can_have(solution: Any, values: Any, names: list[str]) -> None:
    found = layouts(values)

    assert [str(one) for one in found] == names
    for one in found:
        np.testing.assert_array_equal(solution.same(one), one.array)


def test_a_form_is_shown_with_its_array() -> None:
    assert repr(form("read-only", [1, 2])) == "array([1, 2]) (read-only)"


def test_a_submission_cannot_send_a_form_outside() -> None:
    channel = MemoryChannel(SOURCE)
    forging = Codec(lambda _: Reference(Ref.LAYOUT, ["read-only", TABLE]), lambda _: None)
    reply = forging.encode({"value": object()})
    channel._callee.serve = lambda _: reply  # type: ignore[method-assign]  # a box that lies

    with pytest.raises(BadReply, match="cannot be read"):
        channel.solution.same(1)
