"""What judging needs of a grader; has never heard of Docker."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from judge.grading.messages import Message
from judge.model import RunResult


@dataclass(frozen=True, slots=True)
class Trial:
    """An input of a learner's own, to be tried instead of the tests."""

    args: list[object] | None = None
    stdin: str | None = None


@dataclass(frozen=True, slots=True)
class Spec:
    """What a grader must know to grade one submission; the submission itself is not part of it."""

    slug: str
    kind: str
    entry: tuple[str, ...]
    classes: tuple[str, ...]  # those of `entry` that are classes
    signature: str
    adapters: tuple[tuple[str, str, Mapping[str, str], bool], ...]
    reference: str | None
    files: Mapping[str, bytes]
    seed_key: bytes
    misconceptions: tuple[tuple[str, str], ...] = ()  # wrong sources, and what each stands for
    samples_only: bool = False
    trial: Trial | None = None


class Session(Protocol):
    """One submission's grading, seen from the worker. Raises InfrastructureError, nothing else."""

    def next(self) -> Message:
        """Return what the grader says next."""
        ...

    def go(self, loaded: RunResult, *, more: bool = False) -> None:
        """These are the facts of loading the source for a test; it may run where that went well.

        With `more`, what came of its first call follows at once where it did.
        """
        ...

    def skip(self) -> None:
        """A test may not run."""
        ...

    def deliver(self, result: RunResult) -> None:
        """Here is what came of a call."""
        ...

    def deliver_run(self, result: RunResult) -> None:
        """Here is what came of a run of a program."""
        ...

    def ask(self, question: bytes) -> None:
        """The submission asks an exposed object."""
        ...


class Grader(Protocol):
    """Opens sessions for submissions of problems of one profile."""

    def open(self, spec: Spec) -> AbstractContextManager[Session]:
        """Open a session; the tests begin at once."""
        ...
