"""A submission in a real box, called by a test as hidden tests call it, without a grader."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from judge.bootstrap import LocalJudge
from judge.model import Exit, Limits, RunResult
from judge.proxy.callee import load_request
from judge.proxy.caller import Remote
from judge.proxy.channel import Answer, Delivery, ProgramRun, Stopped
from judge.proxy.codec import plain_codec
from judge.proxy.solution import Solution
from judge.sandbox.base import Box, Order


@dataclass
class BoxChannel:
    """Calls that go into one process of a box; `facts` holds those of every step."""

    box: Box
    limits: Limits
    facts: list[RunResult] = field(default_factory=list)

    def load(self, source: str, entry: Sequence[str] = ()) -> Any:
        request = plain_codec().encode(load_request(source, entry, None, ()))
        remote = Remote(self)
        remote.accept_loading(self._delivery(self.box.start(Order(request, self.limits))))
        return Solution(remote, entry)

    def exchange(self, request: bytes, answer: Answer) -> Delivery:
        return self._delivery(self.box.result(self.box.send(request, self.limits), answer))

    def run_program(self, stdin: bytes, argv: list[str]) -> ProgramRun:
        raise NotImplementedError

    def _delivery(self, facts: RunResult) -> Delivery:
        self.facts.append(facts)
        if facts.exit is not Exit.ANSWERED:
            raise Stopped
        return Delivery(facts.payload)


@contextmanager
def a_boxed_channel(judge: LocalJudge, limits: Limits) -> Iterator[BoxChannel]:
    """Lease a box; the processes loaded in it share these limits."""
    judge.image("python")
    with judge._sandbox().lease("python", limits.memory_mib) as box:
        yield BoxChannel(box, limits)
