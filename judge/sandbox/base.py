"""What judging needs of a sandbox; has never heard of Docker."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from judge.model import Limits, RunResult

Answer = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Sent:
    """A request on its way to a process, by its number, and how long it may take there."""

    call: int
    wall_seconds: float


@dataclass(frozen=True, slots=True)
class Order:
    """What a fresh process of a box is to load: a request of the proxy's, and its limits."""

    request: bytes
    limits: Limits
    program: bool = False
    argv: tuple[str, ...] = ()


class Box(Protocol):
    """One leased container. Every method returns facts and raises only InfrastructureError."""

    def prepare(self, order: Order) -> None:
        """Begin what `start` with an equal order will then only have to wait for."""
        ...

    def start(self, order: Order) -> RunResult:
        """Give the source to a fresh process; the facts are those of loading it."""
        ...

    def send(self, request: bytes, limits: Limits) -> Sent:
        """Have the process do a request (or, for a program, run with it as stdin).

        `limits` holds what is left of the test's budget. Between `prepare` and `start` it is kept
        in the box until the process has loaded its source.
        """
        ...

    def result(self, sent: Sent, answer: Answer) -> RunResult:
        """Wait for what came of a request.

        `answer` is given each question about an exposed object and may send another request.
        """
        ...

    def is_alive(self) -> bool:
        """Return whether the box is still there, as far as one can tell without asking it."""
        ...

    def end(self, following: Order | None = None) -> None:
        """Kill what the process left behind and empty what it wrote to; then `prepare`."""
        ...

    @property
    def peak_memory_mib(self) -> float:
        """The most memory the box has used so far, less what it used before any user code ran."""
        ...


class Sandbox(Protocol):
    """Leases boxes; a box is used for one submission and never again."""

    def lease(self, profile: str, memory_mib: int) -> AbstractContextManager[Box]:
        """Lease a box of a profile in which user code may use that much memory."""
        ...
