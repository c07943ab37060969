"""What the worker needs of whatever judges."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from judge.catalog import Problem
from judge.judging.events import Listener
from judge.model import Judgement, Trial


class Judges(Protocol):
    """What judges a source or tries an input; `bootstrap.LocalJudge` does."""

    def judge(
        self, problem: Problem, source: str, listener: Listener, *, samples_only: bool = ...
    ) -> Judgement:
        """Judge a source; JE is a judgement, too."""
        ...

    def try_input(
        self,
        problem: Problem,
        source: str,
        args: list[object] | None,
        stdin: str | None,
        listener: Listener,
    ) -> Trial:
        """Try one input."""
        ...


class Judge(Judges, Protocol):
    """The same, for as long as a worker lives."""

    def check(self) -> None:
        """Raise EngineUnavailable when nothing can be judged."""
        ...


OpenJudge = Callable[[], AbstractContextManager[Judge]]
