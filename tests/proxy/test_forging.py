"""What a submission says in place of a reply, or returns in place of data, is its own loss."""

from typing import Any

import numpy as np
import pytest

from judge.proxy import caller, extensions
from judge.proxy.channel import BadReply, Delivery, ProgramRun
from judge.proxy.codec import plain_codec
from judge.proxy.reading import READING
from tests.fakes import MemoryChannel

SOURCE = "def same(value): return value\n"


@pytest.mark.parametrize(
    "payload",
    [b"", b"\xc1", b"\x01", b"\x90", b"\xd4\x63\x00"],
    ids=["nothing", "never", "number", "list", "unknown extension"],
)
def test_a_reply_that_is_none_of_ours_is_the_submissions_failure(payload: bytes) -> None:
    channel = MemoryChannel(SOURCE)
    channel.remote.channel = Replying(payload)

    with pytest.raises(BadReply, match="cannot be read"):
        channel.remote.request({"op": "batch", "calls": []})


@pytest.mark.parametrize(
    "reply",
    [
        {"raised": 7},
        {"raised": {"text": 7}},
        {"value": 1, "warnings": 5},
        {"value": 1, "args": 5},
        {"raised": {"text": "", "lines": b"x"}},
        {"raised": {"text": "", "missing_module": b"x"}},
        {"raised": {"text": "", "type": {1: 2}}},
        {"value": 1, "more": [1]},
        {"value": 1, 7: 7},
        {"value": 1, np.float64("nan"): 7},
    ],
    ids=lambda reply: f"{reply!s:.40} {len(str(reply))}",
)
def test_a_forged_reply_is_the_submissions_failure(reply: dict[str, Any]) -> None:
    channel = MemoryChannel(SOURCE)
    codec = channel.remote._codec
    channel.remote.channel = Replying(codec.encode(reply))

    with pytest.raises(BadReply):
        channel.remote.request({"op": "call"})


def test_objects_are_kept_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caller, "MAX_HANDLES", 3)
    channel = MemoryChannel("def objects(n): return [type('T', (), {})() for _ in range(n)]\n")

    assert len(channel.solution.objects(3)) == 3
    with pytest.raises(BadReply, match="more than 3 objects"):
        channel.solution.objects(1)


class Replying:
    def __init__(self, payload: bytes) -> None:
        self.payload = payload

    def exchange(self, request: bytes, answer: Any) -> Any:
        return Delivery(self.payload)

    def run_program(self, stdin: bytes, argv: list[str]) -> Any:
        raise NotImplementedError


FORGED = """
class Evil:
    def __init__(self): self.seen = []
    def __sub__(self, other): self.seen.append(other); return self
    __rsub__ = __add__ = __mul__ = __truediv__ = __sub__
    def __abs__(self): return self
    def __lt__(self, other): return True
    __le__ = __gt__ = __ge__ = __lt__
    def __contains__(self, other): self.seen.append(other); return True
    def all(self): return True
    def itself(self): return self
EVIL = Evil()
def f(): return EVIL
def seen(): return len(EVIL.seen)
"""


@pytest.mark.parametrize(
    "check",
    [
        lambda result: abs(result - 0.1234) < 1e-9,
        lambda result: abs(0.1234 - result) <= 1e-9,
        lambda result: 0.1234 in result,
        lambda result: result > 0.1234,
        lambda result: abs(result - np.array([0.1, 0.2])).all(),
    ],
    ids=["difference", "difference from", "contains", "greater", "all"],
)
def test_a_returned_object_can_neither_forge_a_check_nor_see_what_it_is_compared_with(
    check: Any,
) -> None:
    solution: Any = MemoryChannel(FORGED, ["f"]).solution

    with pytest.raises(BadReply):
        check(solution.f())


def test_a_constructed_object_that_returns_itself_can_not_forge_a_check_either() -> None:
    solution: Any = MemoryChannel(FORGED, ["Evil"], classes=["Evil"]).solution
    model = solution.Evil()

    with pytest.raises(BadReply):
        assert abs(model.itself() - 0.1234) < 1e-9


def test_a_forged_description_of_how_a_program_ended_is_its_own_loss() -> None:
    channel = MemoryChannel(SOURCE)
    forged = plain_codec().encode({"raised": {"text": 7}})

    with pytest.raises(BadReply):
        channel.remote.program_failure(ProgramRun("", "", 1, payload=forged))


def test_a_field_named_by_something_that_equals_nothing_is_the_submissions_failure() -> None:
    pandas = pytest.importorskip("pandas")
    channel = MemoryChannel(SOURCE)
    channel.remote.channel = Replying(plain_codec().encode({pandas.NA: 1, "value": 42}))

    with pytest.raises(BadReply, match="cannot be read"):
        channel.remote.request({"op": "batch", "calls": []})


def test_all_replies_together_take_no_longer_than_they_may(monkeypatch: pytest.MonkeyPatch) -> None:
    channel = MemoryChannel("def many(n): return [()] * n\n")
    monkeypatch.setattr(READING, "seconds_left", 0.05)
    channel.solution.many(1)

    with pytest.raises(BadReply, match="takes too long to be read"):
        channel.solution.many(100_000)
    with pytest.raises(BadReply, match="takes too long to be read"):
        channel.solution.many(1)


def test_whatever_a_library_raises_of_a_reply_is_the_submissions_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def raises(_code: int, _content: object) -> object:
        raise NotImplementedError("float16 indexes are not supported")

    channel = MemoryChannel(SOURCE)
    channel.remote.channel = Replying(plain_codec().encode({"value": 1 << 70}))
    monkeypatch.setattr(extensions, "restore", raises)

    with pytest.raises(BadReply, match="NotImplementedError"):
        channel.remote.request({"op": "batch", "calls": []})
