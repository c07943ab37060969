"""One property in place of a package's tests: does a source answer like the reference?"""

from dataclasses import replace
from types import MappingProxyType

from judge.catalog import Kind, Problem
from judge.catalog.problem import HIDDEN, SAMPLES

INPUTS = "tests/inputs.py"
FUNCTION_EXAMPLES = 500
PROGRAM_EXAMPLES = 100
PROBE_CPU_SECONDS = 20.0

_TEMPLATE = """\
import numpy as np
from hypothesis import given, settings
from inputs import strategy


def answer(f, case):
    try:
        return {asked}
    except Exception as error:
        return type(error).__name__


@settings(max_examples={examples})
@given(case=strategy())
def test_answers_like_the_reference(solution, reference, case):
    found, expected = answer(solution, case), answer(reference, case)

    assert type(found) is type(expected)
    np.testing.assert_equal(found, expected)
"""


def probing(problem: Problem) -> Problem | None:
    """Return the problem with that one property for its tests.

    None where `strategy()` of tests/inputs.py need not be what the entry takes: it is missing, or
    the problem asks for a class, whose strategy makes scripts for a driver.
    """
    if INPUTS not in problem.files:
        return None
    match problem.kind:
        case Kind.FUNCTION:
            asked, examples = f"f.{problem.entry[0]}(*case)", FUNCTION_EXAMPLES
        case Kind.PROGRAM:
            asked, examples = "f.run(*case).stdout.split()", PROGRAM_EXAMPLES
        case _:
            return None
    tests = _TEMPLATE.format(asked=asked, examples=examples).encode()
    files = {path: text for path, text in problem.files.items() if path != SAMPLES}
    return replace(
        problem,
        version=f"probe of {problem.version}",
        files=MappingProxyType({**files, HIDDEN: tests}),
        limits=replace(
            problem.limits,
            cpu_seconds=max(problem.limits.cpu_seconds, PROBE_CPU_SECONDS),
            wall_seconds=max(problem.limits.wall_seconds, 3 * PROBE_CPU_SECONDS),
        ),
    )
