"""Is a package good? Its labelled submissions, its reference and its tests have to agree.

every labelled submission: the verdict of its folder, the groups of its header, clear of the limits
every group of hidden tests: fails one of them, and every solution that solves nothing
the reference: the same verdicts and the same answers twice
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from judge.catalog import Labelled, Problem, example_complaints
from judge.errors import SetupError, TestFault
from judge.judging.bench import Bench, Cache, Judges, NoCache, Wish
from judge.judging.events import Listener, nobody
from judge.judging.headroom import near_limits, slow_by_the_clock
from judge.judging.labels import disagreements
from judge.judging.searched import accepted, accusations, refused
from judge.judging.shallow import shallow_solutions
from judge.judging.steadiness import answers_differ, asked_twice, verdicts_differ
from judge.judging.strength import groups_passed, idle_groups, too_easy
from judge.model import Judgement, Verdict

_UNPACKED = re.compile(r"(/tmp|\.\.)/package-\d+/")


@dataclass(frozen=True, slots=True)
class Checked:
    """A labelled submission, its judgement, and in which ways the two disagree."""

    labelled: Labelled
    judgement: Judgement
    failures: tuple[str, ...]
    cached: bool = False


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All labelled submissions of one problem, and what is wrong with the package as a whole."""

    problem: str
    results: tuple[Checked, ...] = ()
    complaints: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing disagrees; a warning is nothing to fail for."""
        return not self.complaints and not any(one.failures for one in self.results)


def check_problem(  # noqa: PLR0913 (who hears and who remembers is the caller's choice)
    judge: Judges,
    problem: Problem,
    on_step: Callable[[str], None] = lambda _: None,
    listener: Listener = nobody,
    *,
    references_only: bool = False,
    cache: Cache | None = None,
) -> CheckReport:
    """Judge what the package needs judged, one after the other, or only the reference.

    `on_step` hears of each as soon as it is judged.
    """
    bench = Bench(judge, cache or NoCache(), on_step, listener)
    results: list[Checked] = []
    complaints = [] if references_only else list(_complaints(problem))
    try:
        for labelled in problem.submissions[:1] if references_only else problem.submissions:
            results.append(_checked(bench, problem, labelled))
            if results[-1].judgement.verdict is Verdict.JE:
                break  # whatever it was, it was no submission, and would be the same again
        if not references_only:
            complaints += _weaknesses(bench, problem, results)
    except TestFault as fault:  # of whomever: judging the others would say it again
        complaints.append(_fault(fault))
    except SetupError as error:  # other problems may be judged all the same
        complaints.append(str(error))
    return CheckReport(
        problem.slug, tuple(results), tuple(complaints), tuple(_warnings(problem, results))
    )


def steps_of(problem: Problem, *, references_only: bool = False) -> int:
    """Return how much there is to be judged if nothing is at fault."""
    if references_only or problem.reference is None:
        return len(problem.submissions[:1] if references_only else problem.submissions)
    twice = 1 if asked_twice(problem) is None else 2
    searches = 0 if refused(problem) is None else len(accepted(problem))
    return len(problem.submissions) + twice + searches + len(list(shallow_solutions(problem)))


def _checked(bench: Bench, problem: Problem, labelled: Labelled) -> Checked:
    judged = bench.judged(labelled.name, Wish(problem, labelled.source))
    failures: tuple[str, ...] = judged.troubles
    if not failures:
        failures = (
            *disagreements(labelled, judged.judgement),
            *near_limits(labelled, judged.judgement),
        )
    return Checked(labelled, judged.judgement, failures, judged.cached)


def _fault(fault: TestFault) -> str:
    """Say it with the paths that the author knows, not those of the grader."""
    detail = _UNPACKED.sub("", fault.detail)
    return f"{_UNPACKED.sub('', fault.test)} is at fault, not a submission:\n{detail}"


def _complaints(problem: Problem) -> Iterator[str]:
    if problem.submissions and problem.reference is None:
        yield "submissions/accepted/ is empty: without a reference nothing vouches for the tests"
    yield from example_complaints(problem)


def _warnings(problem: Problem, results: Sequence[Checked]) -> Iterator[str]:
    for one in results:
        yield from slow_by_the_clock(one.labelled, one.judgement)
    if not problem.submissions:
        yield (
            "nothing vouches for the tests: add a right solution to submissions/accepted/ and "
            "wrong ones to submissions/wrong_answer/"
        )


def _weaknesses(bench: Bench, problem: Problem, results: Sequence[Checked]) -> Iterator[str]:
    """Say what agrees with every label and is wrong all the same."""
    if not results or results[0].judgement.verdict is not Verdict.AC:
        return  # without a reference that passes there is nothing to compare with
    yield from (unsteady := list(_unsteadiness(bench, problem, results[0])))
    if not unsteady:  # or it would accuse itself
        yield from _accusations(bench, problem)
    yield from idle_groups([one.judgement for one in results])
    passed: dict[str, list[str]] = {}
    for words, source in shallow_solutions(problem):
        judged = bench.judged(f"a solution that {words}", Wish(problem, source))
        for group in groups_passed(judged.judgement):
            passed.setdefault(group, []).append(words)
    yield from (too_easy(group, words) for group, words in passed.items())


def _accusations(bench: Bench, problem: Problem) -> Iterator[str]:
    if (refusing := refused(problem)) is not None:
        for labelled in accepted(problem):
            wish = Wish(refusing, labelled.source)
            judged = bench.judged(f"{labelled.name} searched through", wish)
            yield from accusations(labelled, judged.judgement)


def _unsteadiness(bench: Bench, problem: Problem, reference: Checked) -> Iterator[str]:
    source = reference.labelled.source
    again = bench.judged("the reference again", Wish(problem, source, occasion="again"))
    yield from verdicts_differ(reference.judgement, again.judgement)
    if (asking := asked_twice(problem)) is not None:
        wish = Wish(asking, source, samples_only=True)
        yield from answers_differ(bench.judged("the reference asked twice", wish).judgement)
