"""Do the tests of a problem notice when its reference is changed a little?

The reference is judged once; then every mutant, by the same path; then survivors are compared
with the reference on many inputs, and looked up in the package's mutants.toml.
"""

import queue
import random
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from judge.catalog import Explained, Problem
from judge.errors import ProblemError, RequestError
from judge.judging.bench import Cache, Wish
from judge.judging.mutants import Mutant, mutants_of
from judge.judging.probe import probing
from judge.model import Judgement, Limits, Verdict

CPU_PER_REFERENCE = 10  # a mutant that takes this many times as long is in an endless loop
LEAST_CPU_SECONDS = 1.0
WALL_PER_CPU = 3
SEED = 5


class Fate(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    SURVIVED = "survived"
    SUSPECT = "equivalent suspect"  # survived, and answers like the reference wherever asked
    EXPLAINED = "explained"  # survived, and the package says why
    UNJUDGED = "not judged"  # the judge failed, or the tests did


@dataclass(frozen=True, slots=True)
class Outcome:
    """A mutant, its fate, and what the verdict or the package said."""

    mutant: Mutant
    fate: Fate
    words: str


@dataclass(frozen=True, slots=True)
class Selection:
    """Which mutants: a random sample (the same each time), those of a line, or all."""

    limit: int | None = None
    line: int | None = None

    def of(self, mutants: Sequence[Mutant]) -> list[Mutant]:
        """Choose; raise RequestError when nothing is left."""
        chosen = [one for one in mutants if self.line in {None, one.line}]
        if not chosen and self.line is not None:
            lines = ", ".join(str(line) for line in sorted({one.line for one in mutants}))
            raise RequestError(f"no mutant begins in line {self.line}; lines with mutants: {lines}")
        if self.limit is not None and self.limit < len(chosen):
            kept = random.Random(SEED).sample(range(len(chosen)), self.limit)  # noqa: S311 (not a secret)
            chosen = [chosen[index] for index in sorted(kept)]
        return chosen


@dataclass(frozen=True, slots=True)
class MutationReport:
    """All outcomes in the order of lines, and entries of mutants.toml that explain nothing."""

    problem: str
    reference: str
    outcomes: tuple[Outcome, ...]
    complaints: tuple[str, ...]
    seconds: float

    def count(self, fate: Fate) -> int:
        """Return how many mutants had a fate."""
        return sum(one.fate is fate for one in self.outcomes)

    @property
    def percentage(self) -> float:
        """How many of the mutants that nobody explains are killed; 100 where there are none."""
        asked = len(self.outcomes) - self.count(Fate.EXPLAINED)
        return 100 * self.count(Fate.KILLED) / asked if asked else 100.0


class Judges(Protocol):
    """The judging path that is also a learner's."""

    def judge(self, problem: Problem, source: str, *, brief: bool = ...) -> Judgement: ...


OnOutcome = Callable[[Outcome, int], None]


def mutate_problem(
    judges: Sequence[Judges],
    problem: Problem,
    selection: Selection,
    cache: Cache,
    on_outcome: OnOutcome = lambda _outcome, _total: None,
) -> MutationReport:
    """Judge mutants of the reference, one at a time with each judge.

    `on_outcome` hears of each as soon as it is known, and of how many there are.

    Raises:
        ProblemError: there is no reference, or the tests do not accept it.
        RequestError: the selection leaves nothing.
    """
    started = time.monotonic()
    if problem.reference is None:
        raise ProblemError(f"{problem.slug}: submissions/accepted/ is empty: nothing to mutate")
    everything = mutants_of(problem.reference)
    chosen = selection.of(everything)
    judgement = _accepted(judges[0], problem, problem.reference, cache)
    trying = _Trying(problem, judgement, judges, cache)
    outcomes = []
    for outcome in trying.outcomes(chosen):
        outcomes.append(outcome)
        on_outcome(outcome, len(chosen))
    return MutationReport(
        problem=problem.slug,
        reference=problem.submissions[0].name,
        outcomes=tuple(sorted(outcomes, key=lambda one: chosen.index(one.mutant))),
        complaints=tuple(_complaints(problem.explained, everything, outcomes)),
        seconds=time.monotonic() - started,
    )


def _accepted(judge: Judges, problem: Problem, reference: str, cache: Cache) -> Judgement:
    wish = Wish(problem, reference)
    judgement = cache.recall(wish) or judge.judge(problem, reference)
    if judgement.verdict is not Verdict.AC:
        raise ProblemError(
            f"{problem.slug}: the reference itself gets {judgement.verdict}; "
            f"`judge problem check {problem.slug}` says why"
        )
    cache.keep(wish, judgement)
    return judgement


class _Trying:
    """Judges mutants with several judges, each used by one thread at a time."""

    def __init__(
        self, problem: Problem, reference: Judgement, judges: Sequence[Judges], cache: Cache
    ) -> None:
        self._problem, self._cache = problem, cache
        self._hurried = replace(problem, limits=hurried(problem.limits, reference))
        self._probe = probing(problem)
        self._threads = len(judges)
        self._idle: queue.SimpleQueue[Judges] = queue.SimpleQueue()
        for judge in judges:
            self._idle.put(judge)

    def outcomes(self, mutants: Sequence[Mutant]) -> Iterator[Outcome]:
        threads = ThreadPoolExecutor(self._threads)
        try:
            for done in as_completed([threads.submit(self._outcome, one) for one in mutants]):
                yield done.result()
        finally:
            threads.shutdown(cancel_futures=True)  # after Ctrl-C, what is being judged is the last

    def _outcome(self, mutant: Mutant) -> Outcome:
        killer = self._said(self._hurried, mutant)
        if killer:
            fate = Fate.UNJUDGED if killer.startswith(Verdict.JE) else Fate.KILLED
            return Outcome(mutant, fate, killer)
        if (entry := explanation(self._problem.explained, mutant)) is not None:
            return Outcome(mutant, Fate.EXPLAINED, entry.why)
        answers_alike = self._probe is not None and not self._said(self._probe, mutant)
        return Outcome(mutant, Fate.SUSPECT if answers_alike else Fate.SURVIVED, "")

    def _said(self, problem: Problem, mutant: Mutant) -> str:
        """Return the verdict and the first test that did not pass; nothing for AC."""
        wish = Wish(problem, mutant.source, occasion="mutant")
        judgement = self._cache.recall(wish)
        if judgement is None:
            judge = self._idle.get()
            try:
                judgement = judge.judge(problem, mutant.source, brief=True)
            finally:
                self._idle.put(judge)
            if judgement.verdict is not Verdict.JE:  # which may be gone next time
                self._cache.keep(wish, judgement)
        return _failure(judgement)


def hurried(limits: Limits, reference: Judgement) -> Limits:
    """Return limits in which a mutant that hangs is found out soon; never above those given."""
    longest = max((test.cpu_seconds for test in reference.tests), default=0.0)
    cpu = min(limits.cpu_seconds, max(LEAST_CPU_SECONDS, CPU_PER_REFERENCE * longest))
    return replace(
        limits, cpu_seconds=cpu, wall_seconds=min(limits.wall_seconds, WALL_PER_CPU * cpu)
    )


def explanation(explained: Sequence[Explained], mutant: Mutant) -> Explained | None:
    """Return the entry of mutants.toml about a mutant."""
    return next((one for one in explained if _is_about(one, mutant)), None)


def _is_about(entry: Explained, mutant: Mutant) -> bool:
    return entry.before.strip() == mutant.before and (
        entry.after is None or entry.after.strip() == mutant.after
    )


def _complaints(
    explained: Sequence[Explained], everything: Sequence[Mutant], outcomes: Sequence[Outcome]
) -> Iterator[str]:
    fates = {one.mutant: one.fate for one in outcomes}
    for entry in explained:
        its = [fates.get(one) for one in everything if _is_about(entry, one)]
        if Fate.EXPLAINED in its or None in its:  # None was left out of this run
            continue
        reason = "every mutant it is about is killed" if its else "there is no such mutant"
        change = entry.before if entry.after is None else f"{entry.before} → {entry.after}"
        yield f"mutants.toml explains `{change}`, but {reason}: take the entry away"


def _failure(judgement: Judgement) -> str:
    if judgement.verdict is Verdict.AC:
        return ""
    failed = (one.name for one in judgement.tests if one.verdict not in {None, Verdict.AC})
    return f"{judgement.verdict} {next(failed, '')}".strip()
