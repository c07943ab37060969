"""Objects of a test inside the box: listed names only, plain data only, gone after the call."""

from typing import Any

import pytest

from judge.proxy.channel import BadReply
from judge.proxy.exposed import MAX_DEPTH, expose
from judge.proxy.rebuilt import RemoteError
from tests.fakes import MemoryChannel

SOURCE = """
def use(obj, name, *args, **kwargs): return getattr(obj, name)(*args, **kwargs)
def read(obj, name): return getattr(obj, name)
def apply(f, *args, **kwargs): return f(*args, **kwargs)
def again(f, n): return f(n)
def give_back(obj): return obj
def own(f):
    class Key: pass
    return f(Key())
KEPT = []
def keep(obj): KEPT.append(obj)
def use_kept(*args): return KEPT[0](*args)
def use_kept_on(f, *args): return KEPT[0](*args)
def caught(f):
    try:
        return f()
    except Exception as error:
        return type(error).__name__, str(error)
def forever(f):
    n = 0
    while True:
        f(n)
        n += 1
"""


class Shelf:
    secret = "expected"
    size = 3

    def __init__(self) -> None:
        self.loaded: list[object] = []

    def load(self, name: str, times: int = 1) -> str:
        self.loaded.append(name)
        if name == "broken":
            raise KeyError(name)
        return name * times

    def hidden(self) -> str:
        return self.secret


@pytest.fixture
def solution() -> Any:
    return MemoryChannel(SOURCE).solution


def test_listed_methods_can_be_called(solution: Any) -> None:
    shelf = Shelf()

    assert solution.use(expose(shelf, methods=["load"]), "load", "a", times=2) == "aa"
    assert shelf.loaded == ["a"]


def test_listed_attributes_can_be_read(solution: Any) -> None:
    assert solution.read(expose(Shelf(), attributes=["size"]), "size") == 3


def test_a_callable_alone_crosses_as_a_callable(solution: Any) -> None:
    assert solution.apply(expose(lambda x, k=1: x + k), 1, k=2) == 3


@pytest.mark.parametrize("name", ["hidden", "secret", "loaded", "__class__x", "__dict__x"])
def test_no_other_name_exists(solution: Any, name: str) -> None:
    with pytest.raises(AttributeError):
        solution.read(expose(Shelf(), methods=["load"], attributes=["size"]), name)


@pytest.mark.parametrize(
    "question",
    [
        {"of": 0, "method": "hidden", "args": (), "kwargs": {}},
        {"of": 0, "attribute": "secret"},
        {"of": 0, "attribute": "load"},
        {"of": 0, "method": "__init__", "args": (), "kwargs": {}},
        {"of": 0, "method": "__call__", "args": (), "kwargs": {}},
        {"of": 1, "method": "load", "args": ("a",), "kwargs": {}},
        {"of": -1, "method": "load", "args": ("a",), "kwargs": {}},
        {"of": 0, "method": "load", "args": ["a"], "kwargs": {}},
        {"of": 0, "method": ["load"], "args": (), "kwargs": {}},
        {"of": None},
        {},
        7,
    ],
    ids=repr,
)
def test_a_question_past_the_stub_is_refused(question: object) -> None:
    channel = MemoryChannel(SOURCE)
    shelf = Shelf()
    answers: list[Any] = []

    def asking(request: bytes, answer: Any) -> Any:
        answers.append(channel.remote._codec.decode(answer(channel.remote._codec.encode(question))))
        return MemoryChannel.exchange(channel, request, answer)

    channel.exchange = asking
    solution: Any = channel.solution
    solution.give_back(expose(shelf, methods=["load"], attributes=["size"]))

    assert list(answers[0]) == ["raised"]
    assert "expected" not in str(answers)
    assert shelf.loaded == []


def test_what_it_raises_is_raised_inside(solution: Any) -> None:
    assert solution.caught(expose(lambda: {}["a"])) == ("KeyError", "'a'")
    with pytest.raises(KeyError, match="broken"):
        solution.use(expose(Shelf(), methods=["load"]), "load", "broken")


def test_an_object_it_returns_stays_outside(solution: Any) -> None:
    name, text = solution.caught(expose(object))

    assert name == "TypeError"
    assert "cannot be handed out" in text


def test_it_is_dead_when_the_call_returns(solution: Any) -> None:
    shelf = Shelf()
    solution.keep(expose(shelf.load))

    with pytest.raises(RemoteError, match="not exposed in this call"):
        solution.use_kept("a")
    assert shelf.loaded == []


def test_it_comes_back_as_the_object_itself(solution: Any) -> None:
    shelf = Shelf()

    assert solution.give_back(expose(shelf, methods=["load"])) is shelf


def test_one_object_given_twice_is_one_object(solution: Any) -> None:
    stub = expose(Shelf(), methods=["load"])

    first, second = MemoryChannel("def two(a, b): return a, b").solution.two(stub, stub)

    assert first is second


def test_its_budget_is_counted_over_all_calls(solution: Any) -> None:
    stub = expose(lambda n: n, max_calls=10)

    with pytest.raises(RuntimeError, match="more than 10 uses"):
        solution.forever(stub)
    with pytest.raises(RuntimeError, match="more than 10 uses"):
        solution.apply(stub, 1)


def test_it_may_call_the_submission_again(solution: Any) -> None:
    def down(n: int) -> int:
        return 0 if n == 0 else 1 + solution.again(expose(down), n - 1)

    assert solution.again(expose(down), 5) == 5


def test_calls_within_calls_end_at_a_depth(solution: Any) -> None:
    def down(n: int) -> Any:
        return solution.again(expose(down), n + 1)

    with pytest.raises(RecursionError, match=f"more than {MAX_DEPTH} deep"):
        solution.again(expose(down), 0)

    assert solution.apply(expose(lambda: "still alive")) == "still alive"


def test_an_object_of_the_submission_reaches_it_as_a_handle(solution: Any) -> None:
    seen: list[Any] = []
    solution.own(expose(seen.append))

    with pytest.raises(BadReply):
        bool(seen[0])


@pytest.mark.parametrize("name", ["__init__", "_private", "Load", "a b", "", "1a", "a\n"])
def test_a_name_of_another_form_cannot_be_exposed(name: str) -> None:
    with pytest.raises(ValueError, match="only names like"):
        expose(Shelf(), methods=[name])
    with pytest.raises(ValueError, match="only names like"):
        expose(Shelf(), attributes=[name])


def test_something_must_be_listed() -> None:
    with pytest.raises(TypeError, match="methods="):
        expose(Shelf())
