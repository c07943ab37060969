"""What the worker needs of whatever judges."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from judge.catalog import Problem
from judge.judging.events import Listener
from judge.model import Judgement, Trial


class Judge(Protocol):
    """What judges; `bootstrap.LocalJudge` is one."""

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

    def check(self) -> None:
        """Raise EngineUnavailable when nothing can be judged."""
        ...


OpenJudge = Callable[[], AbstractContextManager[Judge]]
