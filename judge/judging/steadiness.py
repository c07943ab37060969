"""Does the reference say the same thing twice? Otherwise it is no oracle."""

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from judge.catalog import Kind, Problem
from judge.catalog.problem import HIDDEN, SAMPLES
from judge.judging.orders import classes_of
from judge.model import Judgement, Verdict

INPUTS = "tests/inputs.py"
INPUTS_ASKED = 40
CPU_SECONDS = 60.0
# A package of its own: two tests, so two fresh processes, asked the same. They are samples, since
# of a hidden test nobody is told what was asked.
_ASK_TWICE = '''\
"""Made by the check: one process answers inputs of `strategy()`, another one the same again."""

import inputs
import pytest
from hypothesis import Phase, given, settings

from judge.proxy.handle import Handle
from judge.proxy.rebuilt import RemoteError
from judge.testing.conduct import equal_values
from judge.testing.rendering import value_text

ASKED = []
AGAIN = []


def answer(solution, case):
    try:
        found = {call}
    except RemoteError as error:
        return f"raised {{type(error).__name__}}"
    return "an object" if isinstance(found, Handle) else found


@settings(max_examples={asked}, phases=[Phase.generate])
@given(case=inputs.strategy())
def test_first(solution, case):
    if not isinstance(case, tuple):
        pytest.skip("not the arguments of one call")
    ASKED.append((case, answer(solution, case)))


def test_again(solution):
    AGAIN.append(solution)
    if len(AGAIN) > 1:
        return  # asked whether this test is at fault, which it is not: the reference is
    for case, first in ASKED:
        again = answer(solution, case)
        if not equal_values(first, again):
            given = ", ".join(map(value_text, case))
            pytest.fail(f"{{value_text(first)}}, then {{value_text(again)}} for {{given}}")
'''


def asked_twice(problem: Problem) -> Problem | None:
    """Return a package that asks its reference the same in two processes, where one call can."""
    call = _call(problem)
    if INPUTS not in problem.files or call is None:
        return None
    files = {path: content for path, content in problem.files.items() if path != HIDDEN}
    files[SAMPLES] = _ASK_TWICE.format(call=call, asked=INPUTS_ASKED).encode()
    # The package's own limits are for the few calls of a test.
    limits = replace(problem.limits, cpu_seconds=CPU_SECONDS, wall_seconds=3 * CPU_SECONDS)
    return replace(problem, files=MappingProxyType(files), limits=limits)


def _call(problem: Problem) -> str | None:
    if problem.kind is Kind.PROGRAM:
        return "solution.run(*case, check=False).stdout"
    if problem.kind is Kind.FUNCTION and problem.entry[0] not in classes_of(problem):
        return f"solution.{problem.entry[0]}(*case)"
    return None


def answers_differ(judgement: Judgement) -> Iterator[str]:
    """Complain of a reference that answered `asked_twice` in two ways."""
    for test in judgement.tests:
        # What uses up a limit has not answered in two ways.
        if test.verdict in (Verdict.WA, Verdict.RE):
            yield _unsteady(f"it answers {_first_line(test.message)}")


def verdicts_differ(first: Judgement, again: Judgement) -> Iterator[str]:
    """Complain of a reference that is judged twice, with the same seeds, in two ways."""
    verdicts = {one.name: one.verdict for one in again.tests}
    for test in first.tests:
        if verdicts.get(test.name) is not test.verdict:
            yield _unsteady(f"{test.name} is {test.verdict} and then {verdicts.get(test.name)}")


def _unsteady(how: str) -> str:
    return (
        f"the reference is not deterministic: {how}; take out what depends on time, on unseeded "
        "randomness or on the order of a set"
    )


def _first_line(message: str | None) -> str:
    return (message or "in two ways").partition("\n")[0].removeprefix("Failed: ")
