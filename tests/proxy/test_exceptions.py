"""What a submission raises is raised again outside as the same builtin type, with its own lines."""

from typing import Any

import pytest

from judge.proxy.codes import Malformed
from judge.proxy.raised import MAX_LINES, MAX_TEXT
from judge.proxy.rebuilt import RemoteError, rebuild
from tests.fakes import MemoryChannel

SOURCE = """
import json

class TooSmall(ValueError): pass
class Own(Exception): pass
class BadText(Exception):
    def __str__(self): raise RuntimeError("no text")
class NoText(Exception):
    def __str__(self): return 7
class KeyLike(KeyError): pass

def fail(name, *args):
    raise (globals().get(name) or getattr(__builtins__, name, None) or __builtins__[name])(*args)

def long_text():
    raise ValueError("x" * 10_000_000)

def deep(n):
    if n == 0:
        raise ValueError("bottom")
    return deep(n - 1)

def forever(n):
    return forever(n + 1)

def decode():
    b"\\xff".decode()

def library():
    json.loads("{")

def wrapped():
    try:
        {}["a"]
    except KeyError as error:
        raise ValueError("outer") from error

def group():
    raise ExceptionGroup("many", [ValueError(1)])

def stop_iteration():
    raise StopIteration(4)

def missing():
    import no_such_library
"""


@pytest.fixture
def solution() -> Any:
    return MemoryChannel(SOURCE).solution


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("ValueError", ValueError),
        ("KeyError", KeyError),
        ("IndexError", IndexError),
        ("ZeroDivisionError", ArithmeticError),
        ("MemoryError", MemoryError),
        ("AssertionError", AssertionError),
        ("NotImplementedError", NotImplementedError),
        ("OSError", OSError),
        ("StopIteration", StopIteration),
        ("TooSmall", ValueError),
        ("KeyLike", KeyError),
        ("Own", Exception),
        ("KeyboardInterrupt", Exception),
        ("GeneratorExit", Exception),
    ],
)
def test_an_exception_is_raised_as_its_builtin_type(
    solution: Any, name: str, type_: type[Exception]
) -> None:
    with pytest.raises(type_, match="too small") as error:
        solution.fail(name, "too small")

    assert isinstance(error.value, RemoteError)
    assert error.value.described["type"] == name
    assert str(error.value).strip("'") == "too small"


def test_a_type_that_wants_more_than_a_text_is_raised_as_what_it_extends(solution: Any) -> None:
    with pytest.raises(UnicodeError, match="can't decode"):
        solution.decode()
    with pytest.raises(RemoteError, match="many"):
        solution.group()


@pytest.mark.parametrize("name", ["BadText", "NoText"])
def test_a_text_that_cannot_be_had_is_no_text(solution: Any, name: str) -> None:
    with pytest.raises(RemoteError) as error:
        solution.fail(name)

    assert error.value.described["text"] == ""
    assert error.value.described["type"] == name


def test_a_long_text_is_cut(solution: Any) -> None:
    with pytest.raises(ValueError, match="x") as error:
        solution.long_text()

    assert len(str(error.value)) == MAX_TEXT


def test_the_learners_own_lines_are_told(solution: Any) -> None:
    with pytest.raises(ValueError, match="bottom") as error:
        solution.deep(2)

    lines = error.value.described["lines"]
    assert [line[1] for line in lines] == ["deep", "deep", "deep"]
    assert lines[-1][2] == 'raise ValueError("bottom")'


def test_lines_of_libraries_are_left_out(solution: Any) -> None:
    with pytest.raises(ValueError, match="property name") as error:
        solution.library()

    assert [line[2] for line in error.value.described["lines"]] == ['json.loads("{")']


def test_endless_recursion_is_told_briefly(solution: Any) -> None:
    with pytest.raises(RecursionError) as error:
        solution.forever(0)

    assert len(error.value.described["lines"]) == MAX_LINES


def test_a_missing_library_is_named(solution: Any) -> None:
    with pytest.raises(ModuleNotFoundError) as error:
        solution.missing()

    assert error.value.described["missing_module"] == "no_such_library"


def test_what_was_raised_for_is_not_told(solution: Any) -> None:
    with pytest.raises(ValueError, match="outer"):
        solution.wrapped()


@pytest.mark.parametrize(
    "builtins",
    [["os.system"], ["eval"], ["int"], ["BaseException"], ["__import__"], []],
    ids=repr,
)
def test_a_forged_ancestry_is_a_plain_exception(builtins: object) -> None:
    error = rebuild({"type": "E", "text": "t", "builtins": builtins})

    assert isinstance(error, RemoteError)
    assert type(error).__mro__[1] is RemoteError


def test_a_forged_description_is_cut_to_size() -> None:
    endless = "x" * 5_000_000

    error = rebuild({
        "type": endless, "text": endless, "missing_module": endless, "other": endless,
        "builtins": [endless] * 10_000, "lines": [[1, endless, endless]] * 10_000,
    })  # fmt: skip

    assert len(repr(error.described)) < 100_000


@pytest.mark.parametrize(
    "described",
    [
        {},
        {"text": "t"},
        {"type": "E", "text": None},
        {"type": b"E", "text": "t"},
        {"type": "E", "text": "t", "builtins": None},
        {"type": "E", "text": "t", "builtins": [["ValueError"]]},
        {"type": "E", "text": "t", "lines": b"x"},
        {"type": "E", "text": "t", "lines": [[1]]},
        {"type": "E", "text": "t", "lines": [["1", "f", "x"]]},
        {"type": "E", "text": "t", "lines": [[1 << 40, "f", "x"]]},
        {"type": "E", "text": "t", "missing_module": b"x"},
        {"type": "E", "text": "t", "syntax": [1]},
    ],
    ids=repr,
)
def test_an_exception_without_a_description_is_malformed(described: object) -> None:
    with pytest.raises(Malformed):
        rebuild(described)
