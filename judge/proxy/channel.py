"""The seam between a test and whatever runs the submission: one exchange of bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

Answer = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one exchange brought: the callee's reply and the facts that travel with it."""

    payload: bytes
    stdout: str = ""
    stderr: str = ""
    cpu_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class ProgramRun:
    """What one run of a program brought."""

    stdout: str
    stderr: str
    exit_code: int
    cpu_seconds: float = 0.0
    payload: bytes = b""  # what an exception that ended it was described as, if it was


class Channel(Protocol):
    """Takes requests to a callee. Raises `Stopped` when no reply can come any more."""

    def exchange(self, request: bytes, answer: Answer) -> Delivery:
        """Send a request; answer the callee's questions meanwhile; return its reply."""
        ...

    def run_program(self, stdin: bytes, argv: list[str]) -> ProgramRun:
        """Run the submission as a program from its first line, in a process of its own."""
        ...


class Stopped(BaseException):
    """The submission's process is gone (a limit, a crash); the test ends here.

    Not an Exception, so that no test catches it by accident and Hypothesis never shrinks it.
    """


class BadReply(BaseException):
    """The reply is none that our callee makes, or holds what cannot cross; RE, in these words."""


class MissingEntry(BaseException):
    """The submission lacks a name the problem asks for."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name
