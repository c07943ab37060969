"""Where a check has submissions judged: a judge, and a cache of what it said before."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from judge.catalog import Problem
from judge.errors import InfrastructureError, TestFault
from judge.judging.events import AttemptFailed, Event, Listener, SearchFailed, nobody
from judge.model import Judgement, Verdict


class Judges(Protocol):
    """The judging path that is also a learner's; there is no other."""

    def judge(
        self, problem: Problem, source: str, listener: Listener = ..., *, samples_only: bool = ...
    ) -> Judgement: ...


@dataclass(frozen=True, slots=True)
class Wish:
    """A source to be judged; `occasion` tells apart what is asked twice on purpose."""

    problem: Problem
    source: str
    occasion: str = ""
    samples_only: bool = False


class Cache(Protocol):
    """Judgements of earlier checks, by everything they depend on."""

    def recall(self, wish: Wish) -> Judgement | None:
        """Return what came of the very same wish, if it is remembered."""
        ...

    def keep(self, wish: Wish, judgement: Judgement) -> None:
        """Remember a judgement."""
        ...


class NoCache:
    """Remembers nothing, so that everything is judged."""

    def recall(self, wish: Wish) -> Judgement | None:  # noqa: ARG002 (the form of every cache)
        """See Cache."""
        return None

    def keep(self, wish: Wish, judgement: Judgement) -> None:
        """See Cache."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement, whether it was remembered, and why it is JE if it is."""

    judgement: Judgement
    cached: bool = False
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bench:
    """A judge with a cache; `on_step` hears what was judged, in words."""

    judge: Judges
    cache: Cache
    on_step: Callable[[str], None]
    listener: Listener = nobody

    def judged(self, name: str, wish: Wish) -> Judged:
        """Judge, or recall; raise TestFault when the tests are to blame, and SetupError."""
        if (kept := self.cache.recall(wish)) is not None:
            self.on_step(f"{name} {kept.verdict}, cached")
            return Judged(kept, cached=True)
        failed: list[InfrastructureError] = []

        def listen(event: Event) -> None:
            if isinstance(event, AttemptFailed):
                failed.append(event.error)
            if isinstance(event, SearchFailed):
                failed.append(TestFault(wish.problem.slug, "tests/inputs.py", event.trouble))
            self.listener(event)

        judgement = self.judge.judge(
            wish.problem, wish.source, listen, samples_only=wish.samples_only
        )
        self.on_step(f"{name} {judgement.verdict}")
        for error in failed:
            if isinstance(error, TestFault):
                raise error
        if judgement.verdict is not Verdict.JE:  # which may be gone next time
            self.cache.keep(wish, judgement)
            return Judged(judgement)
        return Judged(judgement, troubles=tuple(dict.fromkeys(map(str, failed))))
