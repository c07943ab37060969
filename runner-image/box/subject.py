"""The process that runs user code, as the supervisor sees it: orders, reports, limits, its end.

Nothing it sends is parsed beyond a tag and a length. A pending call is one whose reply is owed;
calls nest when the subject asks a question and is called again before the answer. While it waits
for an answer its wall clock stands still.
"""

import json
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import tags
from facts import Cgroup
from meter import Meter
from nursery import Born, Death, Nursery
from pipes import Pipes

from judge.proxy.framing import BadFrame, Header, TaggedBuffer, pack_tagged

GRACE_AFTER_CLOSING_SECONDS = 0.3
MAX_QUESTIONS = 200_000  # of one process; its clocks stand still while it waits for answers


@dataclass
class Pending:
    """A call whose reply is owed, with what it may use and the wall time it has used so far."""

    call: int
    cpu_seconds: float
    wall_seconds: float
    may_ask: bool  # loading and programs have nobody to ask
    wall_used: float = 0.0


@dataclass
class News:
    """Something to report to the worker."""

    header: Header
    payload: bytes


class Subject:
    """One process, from its first order to its death."""

    def __init__(self, born: Born, order: Header, cgroup: Cgroup, nursery: Nursery) -> None:
        self._pid, self._nursery = born.pid, nursery
        self._program = bool(order["program"])
        self._running = False  # a program that has been told to run: it ends without a reply
        self._frames = TaggedBuffer(order["value_bytes"])
        self._meter = Meter(born.pid, cgroup, nursery.pid)
        self._pipes = Pipes(born, order["output_bytes"], self._hear)
        self._pending: list[Pending] = []
        self._news: list[News] = []
        self._asking = False
        self._questions = MAX_QUESTIONS
        self._dead: Header | None = None  # how it ended; any further call gets the same
        self._last_words = b""
        self._silent_since: float | None = None
        self._segment_since = time.monotonic()
        self._cpu_reported = 0.0
        self._cpu_seen = 0.0  # what was left of it at the last look
        self._pipes.send(pack_tagged(tags.SETUP, json.dumps(order).encode()))
        if not self._program:
            self._pipes.feed(b"")

    def begin(self, order: Header, payload: bytes) -> None:
        """Send it a request and start its clocks."""
        may_ask = order["kind"] == "call" and not self._program
        limits = order["cpu_seconds"], order["wall_seconds"]
        self._pending.append(Pending(order["call"], *limits, may_ask))
        self._resume()
        if self._dead is not None:
            self._end(self._dead)
        elif self._program and order["kind"] == "call":
            self._running = True
            self._pipes.send(pack_tagged(tags.REQUEST, b""))
            self._pipes.feed(payload)
        else:
            self._pipes.send(pack_tagged(tags.REQUEST, payload))

    def answer(self, payload: bytes) -> None:
        """Give it the answer to its question."""
        self._resume()
        self._pipes.send(pack_tagged(tags.ANSWER, payload))

    def close(self) -> None:
        """Kill it and let go of it."""
        self._kill()
        self._pipes.close()
        self._meter.close()

    def is_buried(self) -> bool:
        """Whether its death has been heard of, so that its number may belong to another."""
        return self._pid in self._nursery.deaths

    def is_busy(self) -> bool:
        """Whether it owes a reply, and does not wait for an answer itself."""
        return bool(self._pending) and not self._asking

    def took_all_memory(self) -> None:
        """The kernel had to kill what is ours for want of memory: stop whoever is being run."""
        if self._dead is None and self._pending:
            self._stop("memory")

    def interests(self) -> Iterator[tuple[int, int]]:
        """Yield the descriptors to poll, with their events."""
        return self._pipes.interests()

    def ready(self, fd: int, events: int) -> None:
        """A descriptor can be read or written."""
        self._pipes.ready(fd, events)

    def patience_ms(self) -> float | None:
        """How long the event loop may sleep without missing a limit."""
        if self._dead is not None or not self._pending or self._asking:
            return None
        left = min(self._cpu_seen, self._wall_left())
        if self._silent_since is not None:
            left = min(left, self._silent_since + GRACE_AFTER_CLOSING_SECONDS - time.monotonic())
        return max(1.0, left * 1000 + 0.5)

    def news(self) -> list[News]:
        """Look at its death and its limits; return what is to be reported since the last look."""
        if self._dead is None and self._pending:
            death = self._nursery.deaths.get(self._pid)
            if death is not None:
                self._died(death)
            elif not self._asking:
                self._check_limits()
        news, self._news = self._news, []
        return news

    def _check_limits(self) -> None:
        if self._silent_since is None and not self._pipes.is_open(self._pipes.control):
            self._silent_since = time.monotonic()
        if self._pipes.over_cap():
            self._stop("output")
        elif self._look_at_cpu() <= 0:
            self._stop("cpu")
        elif self._wall_left() <= 0:
            self._stop("wall")
        elif not self._running and self._silent_seconds() > GRACE_AFTER_CLOSING_SECONDS:
            # A process that dies closes its end a moment before we hear of its death: a long one
            # where the kernel has much memory of it to free.
            self._stop("memory" if self._meter.out_of_memory() else "protocol")

    def _silent_seconds(self) -> float:
        """How long ago it closed its end of the control socket."""
        return 0.0 if self._silent_since is None else time.monotonic() - self._silent_since

    def _look_at_cpu(self) -> float:
        self._cpu_seen = self._cpu_left()
        return self._cpu_seen

    def _cpu_left(self) -> float:
        used = self._meter.cpu_seconds() - self._cpu_reported
        return self._pending[-1].cpu_seconds - used

    def _wall_left(self) -> float:
        return self._pending[-1].wall_seconds - self._wall_used()

    def _wall_used(self) -> float:
        segment = 0.0 if self._asking else time.monotonic() - self._segment_since
        return self._pending[-1].wall_used + segment

    def _resume(self) -> None:
        self._asking = False
        self._segment_since = time.monotonic()
        self._cpu_seen = 0.0

    def _stop(self, reason: str) -> None:
        self._meter.cpu_seconds()
        self._meter.note_memory()
        self._kill()
        self._end({"exit": "stopped", "stop_reason": reason})

    def _kill(self) -> None:
        # A process we know to be dead may have left its number to another.
        if self._pid not in self._nursery.deaths:
            try:
                os.kill(self._pid, signal.SIGKILL)
            except ProcessLookupError:
                return

    def _died(self, death: Death) -> None:
        self._pipes.drain_control()
        self._pipes.drain_output()
        if self._dead is not None or not self._pending:
            return
        self._meter.died_with(death.cpu_seconds, death.peak_mib)
        if self._pipes.over_cap():
            self._end({"exit": "stopped", "stop_reason": "output"})
        elif not os.WIFSIGNALED(death.status):
            self._end({"exit": "exited", "exit_code": os.waitstatus_to_exitcode(death.status)})
        elif os.WTERMSIG(death.status) == signal.SIGKILL and self._meter.out_of_memory():
            self._end({"exit": "stopped", "stop_reason": "memory"})
        elif self._cpu_left() <= 0:
            self._end({"exit": "stopped", "stop_reason": "cpu"})
        else:
            self._end({"exit": "signalled", "signal": os.WTERMSIG(death.status)})

    def _end(self, facts: Header) -> None:
        self._dead = facts
        while self._pending:
            self._report(facts, self._last_words)

    def _report(self, facts: Header, payload: bytes) -> None:
        wall_used = self._wall_used()
        call = self._pending.pop()
        cpu = self._meter.cpu_seconds()
        stdout, stderr = self._pipes.take_output()
        header: dict[str, Any] = {
            "kind": "result",
            "call": call.call,
            "cpu_seconds": cpu - self._cpu_reported,
            "wall_seconds": wall_used,
            "memory_mib": self._meter.memory_mib,
            "stdout_bytes": len(stdout),
            "stderr_bytes": len(stderr),
        }
        self._cpu_reported = cpu
        self._news.append(News(header | facts, stdout + stderr + payload))

    def _hear(self, data: bytes) -> None:
        try:
            for tag, payload in self._frames.feed(data):
                if self._dead is None:
                    self._take_frame(tag, payload)
        except BadFrame:
            if self._dead is None:
                self._stop("value")

    def _is_due(self, tag: int) -> bool:
        """Whether a frame of this kind is owed or allowed now."""
        if not self._pending or self._asking:
            return False
        if tag == tags.QUESTION:
            return self._pending[-1].may_ask and self._questions > 0
        return tag == tags.REPLY

    def _take_frame(self, tag: int, payload: bytes) -> None:
        if not self._is_due(tag):
            self._stop("protocol")
        elif tag == tags.QUESTION:
            self._questions -= 1
            self._pending[-1].wall_used = self._wall_used()
            self._asking = True
            self._news.append(News({"kind": "question", "call": self._pending[-1].call}, payload))
        elif self._running:
            self._last_words = payload  # what a program raised; its run ends with the process
        elif self._meter.out_of_memory():
            self._stop("memory")  # a child of it was killed; its own answer is worth nothing
        else:
            self._pipes.drain_output()
            self._meter.note_memory()
            self._report({"exit": "answered"}, payload)
            self._asking = bool(self._pending)  # an outer call still waits for its answer
