"""A test's calls into a submission and back, both halves in one process."""

import linecache
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from judge.proxy.channel import BadReply, MissingEntry, Stopped
from judge.proxy.rebuilt import RemoteError
from tests.fakes import MemoryChannel

SOURCE = """
import warnings
from collections import Counter, OrderedDict, namedtuple

Point = namedtuple("Point", "x y")

def same(value): return value
def both(*args, **kwargs): return args, kwargs
def kinds(*args): return [type(a).__name__ for a in args]
def counted(words): return Counter(words)
def point(): return Point(1, 2)
def sort_it(xs, key=None): xs.sort(); return None
def warn(): warnings.warn("careful"); return 1
def apply(f, *args): return f(*args)
def leave(): raise SystemExit(3)
def nothing(): pass
def opaque(): return object()
def lazily(): return (n for n in [1, 2])
def cyclic():
    xs = []
    xs.append(xs)
    return xs

class LRUCache(OrderedDict):
    def __init__(self, capacity):
        super().__init__()
        self.capacity = capacity
    def get_it(self, key): return self.get(key)
    def put(self, key, value): self[key] = value

class Model:
    classes = ["a", "b"]
    def fit(self, xs):
        self.mean = sum(xs) / len(xs)
        return self
    def predict(self, n): return [self.mean] * n
    def twin(self): return Model()
    @property
    def doubled(self): return 2 * self.mean

class Vector:
    def __init__(self, *xs): self.xs = list(xs)
    def __add__(self, other): return Vector(*(a + b for a, b in zip(self.xs, other.xs)))
    def __mul__(self, k): return Vector(*(x * k for x in self.xs))
    __rmul__ = __mul__
    def __len__(self): return len(self.xs)
    def __getitem__(self, i): return self.xs[i]
    def __setitem__(self, i, x): self.xs[i] = x
    def __contains__(self, x): return x in self.xs
    def __iter__(self): return iter(self.xs)
    def __lt__(self, other): return len(self.xs) < len(other.xs)
    def __neg__(self): return self * -1
    def __float__(self): return float(sum(self.xs))
    def __eq__(self, other): return True
    def __bool__(self): raise ValueError("never asked")
"""


@pytest.fixture
def solution() -> Iterator[Any]:
    prelude = "def twice(f, x): return f(f(x))"
    yield MemoryChannel(SOURCE, ["same"], prelude, classes=["Vector"]).solution
    linecache.clearcache()


def test_arguments_come_as_they_were_given(solution: Any) -> None:
    assert solution.both(1, (2,), k={3: [4]}) == ((1, (2,)), {"k": {3: [4]}})


def test_types_are_kept_on_the_way_in(solution: Any) -> None:
    given = (1, True, 1.0, "", b"", (), [], {}, set(), None, np.zeros(1), np.float32(1))

    assert solution.kinds(*given) == [
        "int", "bool", "float", "str", "bytes", "tuple", "list", "dict", "set", "NoneType",
        "ndarray", "float32",
    ]  # fmt: skip


def test_a_function_of_the_submission_can_be_passed_on(solution: Any) -> None:
    def check(candidate: Any) -> None:
        assert candidate(7) == 7

    check(solution.same)

    assert solution.apply(solution.same, 8) == 8


def test_a_subclass_of_a_builtin_comes_back_as_the_builtin(solution: Any) -> None:
    counted, point = solution.counted("aab"), solution.point()

    assert (type(counted), counted) == (dict, {"a": 2, "b": 1})
    assert (type(point), point) == (tuple, (1, 2))


def test_nothing_returned_is_none(solution: Any) -> None:
    assert solution.nothing() is None


def test_an_object_of_the_submission_stays_inside(solution: Any) -> None:
    model = solution.Model()

    assert model.fit([1, 2, 3]) is model
    assert model.predict(2) == [2.0, 2.0]
    assert model.mean == 2.0
    assert model.doubled == 4.0
    assert model.classes == ["a", "b"]
    assert model.twin() is not model


def test_a_class_that_extends_a_builtin_is_an_object_too(solution: Any) -> None:
    cache = solution.LRUCache(2)
    cache.put("a", 1)

    assert cache.get_it("a") == 1
    assert cache.capacity == 2
    assert len(cache) == 1


def test_a_handle_goes_back_in_as_the_object_it_stands_for(solution: Any) -> None:
    model = solution.Model()

    assert solution.same(model) is model
    assert solution.kinds(model) == ["Model"]


def test_operators_reach_the_object(solution: Any) -> None:
    v = solution.Vector(1, 2)
    v[0] = 5

    assert len(v) == 2
    assert v[0] == 5
    assert list(v) == [5, 2]
    assert float(v) == 7.0
    assert list(v + solution.Vector(1, 1)) == [6, 3]
    assert list(v * 2) == list(2 * v) == [10, 4]
    assert list(-v) == [-5, -2]
    assert v < solution.Vector(1, 2, 3)


@pytest.mark.parametrize(
    "use",
    [bool, lambda v: v == 1, lambda v: v != 1, lambda v: v in [1, 2]],
    ids=["bool", "==", "!=", "in"],
)
def test_truth_and_equality_of_a_handle_are_never_the_submissions(solution: Any, use: Any) -> None:
    v = solution.Vector(1)

    with pytest.raises(BadReply, match="Vector"):
        use(v)


@pytest.mark.parametrize("name", ["__globals__", "__wrapped__", "_private", "__reduce_ex__x"])
def test_private_names_of_a_handle_are_nobodys(solution: Any, name: str) -> None:
    with pytest.raises(AttributeError):
        getattr(solution.Model(), name)
    with pytest.raises(AttributeError):
        getattr(solution, name)


def test_arguments_as_they_are_afterwards(solution: Any) -> None:
    xs = [3, 1, 2]

    result = solution.sort_it.call(xs, echo_args=True)

    assert result.args == [[1, 2, 3]]
    assert result.kwargs == {}
    assert xs == [3, 1, 2]
    assert solution.call("sort_it", xs, key=1, echo_args=True).kwargs == {"key": 1}
    assert solution.call("sort_it", xs).args is None


def test_warnings_are_facts_of_a_call(solution: Any) -> None:
    result = solution.warn.call()

    assert result.value == 1
    assert result.warnings == ["UserWarning: careful"]


def test_many_calls_travel_in_one_frame() -> None:
    channel = MemoryChannel(SOURCE)
    solution: Any = channel.solution
    model = solution.Model()
    before = len(channel.exchanged)

    values = solution.batch(
        [(solution.same, (1,)), (solution.both, (2,), {"k": 3}), (solution.Model, ())]
    )

    assert values[:2] == [1, ((2,), {"k": 3})]
    assert values[2].fit([1]) is values[2]
    fit, predict = model.fit, model.predict
    assert solution.batch([(fit, ([4],)), (predict, (1,))]) == [model, [4.0]]
    assert len(channel.exchanged) - before <= 5


def test_a_batch_raises_what_its_first_failing_call_raised(solution: Any) -> None:
    with pytest.raises(TypeError):
        solution.batch([(solution.same, (1,)), (solution.same, ())])


def test_the_prelude_drives_the_submission_inside(solution: Any) -> None:
    assert solution.prelude.twice(solution.same, 3) == 3


def test_entry_points_win_over_methods_of_the_proxy() -> None:
    channel = MemoryChannel("def call(x): return x + 1\ndef batch(x): return -x", ["call", "batch"])

    assert channel.solution.call(1) == 2
    assert channel.solution.batch(1) == -1


def test_a_missing_entry_point_is_named() -> None:
    with pytest.raises(MissingEntry) as missing:
        MemoryChannel("def other(): pass", ["double"])

    assert missing.value.name == "double"


def test_any_name_a_test_asks_for_may_be_missing(solution: Any) -> None:
    with pytest.raises(MissingEntry, match="tripled"):
        solution.tripled(1)


def test_a_syntax_error_tells_line_column_and_source() -> None:
    with pytest.raises(SyntaxError) as error:
        MemoryChannel("x = 1\ndef f(:\n")

    assert error.value.described["syntax"][0] == 2
    assert error.value.described["syntax"][2] == "def f(:"


def test_what_cannot_cross_is_told_in_words(solution: Any) -> None:
    with pytest.raises(BadReply, match="cyclic or nested too deeply"):
        solution.cyclic()
    with pytest.raises(AttributeError):
        _ = solution.opaque().nothing


def test_a_generator_of_the_submission_is_an_object_that_can_be_stepped(solution: Any) -> None:
    assert list(solution.lazily()) == [1, 2]


def test_a_test_cannot_pass_an_object_of_its_own(solution: Any) -> None:
    with pytest.raises(TypeError, match=r"judge\.testing\.expose"):
        solution.same(object())
    with pytest.raises(TypeError, match=r"judge\.testing\.expose"):
        solution.same(lambda: None)


def test_leaving_ends_the_process(solution: Any) -> None:
    with pytest.raises(Stopped):
        solution.leave()


def test_a_call_is_remembered_from_the_last_one_of_a_function(solution: Any) -> None:
    solution.same(1)
    model = solution.Model()
    model.fit([1])
    model.predict(1)

    calls = solution._remote.history.calls

    assert [call.target.name for call in calls] == ["Model", "fit", "predict"]
    assert calls[-1].outcome == [1.0]


def test_exceptions_of_a_lookalike_type_are_still_the_submissions(solution: Any) -> None:
    with pytest.raises(RemoteError) as error:
        solution.same()

    assert isinstance(error.value, TypeError)
