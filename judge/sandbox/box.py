"""A leased box: orders to its supervisor, facts back. Knows the stream, not the engine."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from judge.engine.attach import Stream
from judge.engine.line import StreamClosed, StreamTimeout
from judge.errors import ContainerLost, InfrastructureError, MalformedHeader
from judge.model import Exit, Limits, RunResult, StopReason
from judge.proxy.framing import Header
from judge.sandbox.base import Answer, Order, Sent
from judge.sandbox.cores import the_only_core

# The supervisor keeps the limits; this much later it is taken for dead.
SILENCE_SECONDS = 20.0
READY_SECONDS = 90.0
FILE_BYTES = 64 << 20
OPEN_FILES = 256
PROCESSES = 64
MAX_OVERTAKEN = 100  # reports that nobody waits for any more
MAX_AMOUNT = 1e15  # of seconds or MiB; NaN is not below it either


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
        self._ending = 0  # so many ends were ordered and not heard of
        self._prepared: Order | None = None
        self._loading = 0  # the number of the call that loads what is prepared

    def wait_ready(self) -> None:
        """Wait until the warm interpreter is warm."""
        try:
            header, _ = self._stream.receive(READY_SECONDS)
        except StreamClosed as error:
            raise ContainerLost(f"a box died before it was ready: {error}") from error
        except StreamTimeout as error:
            raise InfrastructureError("a box did not start: no answer") from error
        if header.get("kind") != "ready":
            raise MalformedHeader(f"a box said {header} instead of ready")
        self._baseline_mib = _peak(header)

    def is_alive(self) -> bool:
        """See Box."""
        return self._lost is None and self._stream.is_open()

    @property
    def peak_memory_mib(self) -> float:
        """See Box."""
        self._settle()
        return max(0.0, self._peak_mib - self._baseline_mib)

    def prepare(self, order: Order) -> None:
        """See Box."""
        if self._prepared not in {None, order}:
            self.end()
        if self._prepared is None:
            self._send(*self._begin(order))

    def start(self, order: Order) -> RunResult:
        """See Box."""
        self.prepare(order)
        self._prepared = None
        self._settle()
        if self._lost is not None:
            return self._lost
        try:
            patience = 3 * order.limits.import_cpu_seconds + SILENCE_SECONDS
            return self._outcome(self._loading, patience, _no_answer)
        except (StreamClosed, StreamTimeout):
            return self._gone()

    def send(self, request: bytes, limits: Limits) -> Sent:
        """See Box."""
        self._calls += 1
        sent = Sent(self._calls, limits.wall_seconds)
        header = {
            "kind": "call",
            "call": sent.call,
            "cpu_seconds": limits.cpu_seconds,
            "wall_seconds": sent.wall_seconds,
        }
        self._send((header, request))
        return sent

    def result(self, sent: Sent, answer: Answer) -> RunResult:
        """See Box."""
        if self._lost is not None:
            return self._lost
        try:
            return self._outcome(sent.call, sent.wall_seconds + SILENCE_SECONDS, answer)
        except (StreamClosed, StreamTimeout):
            return self._gone()

    def end(self, following: Order | None = None) -> None:
        """See Box."""
        self._prepared = None
        self._ending += 1
        header: Header = {"kind": "end"}
        if following is None:
            self._send((header, b""))
        else:
            self._send((header, b""), *self._begin(following))

    def _begin(self, order: Order) -> Iterator[tuple[Header, bytes]]:
        self._calls += 1
        self._loading = self._calls
        self._prepared = order
        # Where no socket can be sent the box may be on another machine.
        core = the_only_core() if self._stream.passes_sockets else None
        yield _start(order, self._calls, core), order.request

    def _send(self, *frames: tuple[Header, bytes]) -> None:
        if self._lost is None:
            try:
                self._stream.send_all(frames)
            except (StreamClosed, StreamTimeout):
                self._gone()

    def _settle(self) -> None:
        """Wait until what `end` ordered is done, which others need not wait for."""
        while self._ending and self._lost is None:
            self._ending -= 1
            try:
                header = self._await("ended")
            except (StreamClosed, StreamTimeout):
                self._gone()
                return
            self._peak_mib = max(self._peak_mib, _peak(header))
            if header.get("clean") is not True:
                # What user code left cannot be removed: the box is retired as if it were lost, so
                # that a program which does this at will meets RE and not JE.
                self._lost = RunResult(Exit.BOX_LOST)

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
        until = time.monotonic() + SILENCE_SECONDS
        for _ in range(MAX_OVERTAKEN):
            header, _ = self._stream.receive(max(0.0, until - time.monotonic()))
            if header.get("kind") == kind:
                return header
        raise MalformedHeader(f"a supervisor says anything but '{kind}'")

    def _gone(self) -> RunResult:
        if self._ask_engine().out_of_memory:
            self._lost = RunResult(Exit.STOPPED, stop_reason=StopReason.MEMORY)
        else:
            self._lost = RunResult(Exit.BOX_LOST)
        return self._lost


def _start(order: Order, call: int, core: int | None) -> Header:
    limits = order.limits
    return {
        "kind": "start",
        "call": call,
        "core": core,
        "cpu_seconds": limits.import_cpu_seconds,
        "wall_seconds": 3 * limits.import_cpu_seconds,
        "program": order.program,
        "argv": list(order.argv),
        "output_bytes": limits.output_kib << 10,
        "value_bytes": limits.value_kib << 10,
        "memory_mib": limits.memory_mib,
        "file_bytes": FILE_BYTES,
        "open_files": OPEN_FILES,
        "processes": PROCESSES,
        "total_cpu_seconds": limits.import_cpu_seconds + limits.cpu_seconds,
    }


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
    if not isinstance(value, int | float) or not 0 <= value < MAX_AMOUNT:
        raise ValueError(value)
    return float(value)


def _peak(header: Header) -> float:
    try:
        return _amount(header.get("peak_memory_mib") or 0.0)  # None where no cgroup is seen
    except ValueError as error:
        raise MalformedHeader(f"a supervisor's peak makes no sense: {header}") from error


def _no_answer(_question: bytes) -> bytes:
    raise MalformedHeader("a question while a source is being loaded")
