"""A leased box: orders to its supervisor, facts back. Knows the stream, not the engine."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from judge.engine.attach import Stream, StreamClosed, StreamTimeout
from judge.errors import InfrastructureError, MalformedHeader
from judge.model import Exit, Limits, RunResult, StopReason
from judge.proxy.framing import Header
from judge.sandbox.base import Answer, Order

# The supervisor keeps the limits; this much later it is taken for dead.
SILENCE_SECONDS = 20.0
READY_SECONDS = 90.0
FILE_BYTES = 64 << 20
OPEN_FILES = 256
PROCESSES = 64


@dataclass(frozen=True, slots=True)
class Lost:
    """Why a box went away, as the engine tells."""

    out_of_memory: bool


class StreamBox:
    """One box over its stream; `box_lost` results when the box goes away under user code."""

    def __init__(self, stream: Stream, ask_engine: Callable[[], Lost]) -> None:
        """Store the stream and a callable that tells, after the fact, why the box is gone."""
        self._stream = stream
        self._ask_engine = ask_engine
        self._calls = 0
        self._baseline_mib = 0.0
        self._peak_mib = 0.0
        self._lost: RunResult | None = None

    def wait_ready(self) -> None:
        """Wait until the warm interpreter is warm."""
        try:
            header, _ = self._stream.receive(READY_SECONDS)
        except (StreamClosed, StreamTimeout) as error:
            reason = str(error) or "no answer"
            raise InfrastructureError(f"a box did not start: {reason}") from error
        if header.get("kind") != "ready":
            raise MalformedHeader(f"a box said {header} instead of ready")
        self._baseline_mib = float(header.get("peak_memory_mib") or 0.0)

    def is_alive(self) -> bool:
        """See Box."""
        return self._lost is None and self._stream.is_open()

    @property
    def peak_memory_mib(self) -> float:
        """See Box."""
        return max(0.0, self._peak_mib - self._baseline_mib)

    def start(self, order: Order) -> RunResult:
        """See Box."""
        limits = order.limits
        header: Header = {
            "kind": "start",
            "program": order.program,
            "argv": list(order.argv),
            "output_bytes": limits.output_kib << 10,
            "value_bytes": limits.value_kib << 10,
            "file_bytes": FILE_BYTES,
            "open_files": OPEN_FILES,
            "processes": PROCESSES,
            "total_cpu_seconds": limits.import_cpu_seconds + limits.cpu_seconds,
        }
        budget = (limits.import_cpu_seconds, 3 * limits.import_cpu_seconds)
        return self._perform(header, budget, order.request, _no_answer)

    def call(self, request: bytes, limits: Limits, answer: Answer) -> RunResult:
        """See Box."""
        budget = (limits.cpu_seconds, limits.wall_seconds)
        return self._perform({"kind": "call"}, budget, request, answer)

    def end(self) -> None:
        """See Box."""
        if self._lost is not None:
            return
        try:
            self._stream.send({"kind": "end"})
            header = self._await("ended")
        except (StreamClosed, StreamTimeout):
            self._lost = RunResult(Exit.BOX_LOST)
            return
        self._peak_mib = max(self._peak_mib, float(header.get("peak_memory_mib") or 0.0))
        if header.get("clean") is not True:
            # What user code left cannot be removed: the box is retired as if it were lost, so
            # that a program which does this at will meets RE and not JE.
            self._lost = RunResult(Exit.BOX_LOST)

    def _perform(
        self, header: Header, budget: tuple[float, float], payload: bytes, answer: Answer
    ) -> RunResult:
        if self._lost is not None:
            return self._lost
        self._calls += 1
        call = self._calls
        header |= {"call": call, "cpu_seconds": budget[0], "wall_seconds": budget[1]}
        try:
            self._stream.send(header, payload)
            return self._outcome(call, budget[1] + SILENCE_SECONDS, answer)
        except (StreamClosed, StreamTimeout):
            return self._gone()

    def _outcome(self, call: int, patience: float, answer: Answer) -> RunResult:
        while True:
            header, payload = self._stream.receive(patience)
            match header.get("kind"):
                case "question":
                    self._stream.send({"kind": "answer"}, answer(payload))
                case "result" if header.get("call") == call:
                    return run_result(header, payload)
                case other:
                    raise MalformedHeader(f"a supervisor said '{other}' while call {call} was due")

    def _await(self, kind: str) -> Header:
        while True:
            header, _ = self._stream.receive(SILENCE_SECONDS)
            if header.get("kind") == kind:
                return header

    def _gone(self) -> RunResult:
        if self._ask_engine().out_of_memory:
            self._lost = RunResult(Exit.STOPPED, stop_reason=StopReason.MEMORY)
        else:
            self._lost = RunResult(Exit.BOX_LOST)
        return self._lost


def run_result(header: Header, payload: bytes) -> RunResult:
    """Return the facts of a supervisor's report; raise MalformedHeader when it is none of ours."""
    try:
        stdout, stderr = _count(header["stdout_bytes"]), _count(header["stderr_bytes"])
        reason = header.get("stop_reason")
        result = RunResult(
            exit=Exit(header["exit"]),
            stop_reason=None if reason is None else StopReason(reason),
            exit_code=None if header.get("exit_code") is None else _count(header["exit_code"]),
            signal=None if header.get("signal") is None else _count(header["signal"]),
            cpu_seconds=_amount(header["cpu_seconds"]),
            wall_seconds=_amount(header["wall_seconds"]),
            memory_mib=_amount(header["memory_mib"]),
            stdout=payload[:stdout],
            stderr=payload[stdout : stdout + stderr],
            payload=payload[stdout + stderr :],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise MalformedHeader(f"a supervisor's report makes no sense: {error!r}") from error
    if stdout + stderr > len(payload) or (result.exit is Exit.STOPPED) != (reason is not None):
        raise MalformedHeader(f"a supervisor's report contradicts itself: {header}")
    return result


def _count(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError(value)
    return value


def _amount(value: object) -> float:
    if not isinstance(value, int | float) or not 0 <= value < math.inf:
        raise ValueError(value)
    return float(value)


def _no_answer(_question: bytes) -> bytes:
    raise MalformedHeader("a question while a source is being loaded")
