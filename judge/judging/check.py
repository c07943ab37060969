"""Does every labelled submission of a problem get the verdict its folder promises?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from judge.catalog import Labelled, Problem
from judge.errors import SetupError
from judge.judging.events import AttemptFailed, Event, Listener, nobody
from judge.model import Judgement, Verdict

MAX_ROUND_TRIPS = 5_000


class Judges(Protocol):
    """The judging path that is also a learner's; there is no other."""

    def judge(
        self, problem: Problem, source: str, listener: Listener = ..., *, samples_only: bool = ...
    ) -> Judgement: ...


@dataclass(frozen=True, slots=True)
class Checked:
    """A labelled submission, its judgement, and in which ways the two disagree."""

    labelled: Labelled
    judgement: Judgement
    failures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All labelled submissions of one problem, and what is wrong with the package as a whole."""

    problem: str
    results: tuple[Checked, ...] = ()
    complaints: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing disagrees."""
        return not self.complaints and not any(one.failures for one in self.results)


def check_problem(
    judge: Judges,
    problem: Problem,
    on_result: Callable[[Checked], None] = lambda _: None,
    listener: Listener = nobody,
    *,
    references_only: bool = False,
) -> CheckReport:
    """Judge the labelled submissions one after the other, or only the reference.

    `on_result` hears of each as soon as it is judged.
    """
    chosen = problem.submissions[:1] if references_only else problem.submissions
    results: list[Checked] = []
    for labelled in chosen:
        faults: list[str] = []
        try:
            judgement = judge.judge(
                problem, labelled.source, _noting(faults, listener), samples_only=False
            )
        except SetupError as error:  # other problems may be judged all the same
            return CheckReport(problem.slug, tuple(results), (str(error),))
        checked = Checked(labelled, judgement, (*disagreements(labelled, judgement), *faults))
        results.append(checked)
        on_result(checked)
    return CheckReport(problem.slug, tuple(results), _complaints(problem))


def _noting(faults: list[str], listener: Listener) -> Listener:
    """Listen for what went wrong on our side or in the tests: an author may read it whole."""

    def listen(event: Event) -> None:
        if isinstance(event, AttemptFailed):
            faults.append(str(event.error))
        listener(event)

    return listen


def disagreements(labelled: Labelled, judgement: Judgement) -> tuple[str, ...]:
    """Say in which ways a judgement is not what folder and header promise."""
    found = []
    if judgement.verdict is not labelled.expected:
        reason = f": {judgement.message}" if judgement.message is not None else ""
        found.append(f"expected {labelled.expected}, got {judgement.verdict}{reason}")
    failed = {one.group for one in judgement.tests if one.verdict not in (None, Verdict.AC)}
    found += [_survived(group, judgement) for group in labelled.fails if group not in failed]
    found += [
        f"{one.name} makes {one.round_trips} round trips, more than {MAX_ROUND_TRIPS}: "
        "use `solution.batch` or a driver in prelude.py"
        for one in judgement.tests
        if one.round_trips > MAX_ROUND_TRIPS
    ]
    return tuple(found)


def _survived(group: str, judgement: Judgement) -> str:
    groups = list(dict.fromkeys(one.group for one in judgement.tests))
    if group not in groups:
        return f"says `# fails: {group}`, but the groups are {_listed(groups)}"
    return f"says `# fails: {group}`, but no test of that group fails"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "unknown, as no test ran"


def _complaints(problem: Problem) -> tuple[str, ...]:
    if problem.reference is None:
        return (
            "submissions/accepted/ is empty: without a reference nothing vouches for the tests",
        )
    return ()
