"""One property in place of a package's tests: does a source answer like the reference?"""

import re
from dataclasses import replace
from types import MappingProxyType

from judge.catalog import Kind, Problem
from judge.catalog.problem import HIDDEN, SAMPLES
from judge.judging.steadiness import INPUTS

FUNCTION_EXAMPLES = 500
PROGRAM_EXAMPLES = 100
PROBE_CPU_SECONDS = 20.0

_TEMPLATE = """\
import inputs
import numpy as np
from hypothesis import given, settings

ask = getattr(inputs, "ask", None) or (lambda f, *case: {asked})
compare = getattr(inputs, "compare", None)


def answer(f, case):
    try:
        return ask(f, *case), None
    except Exception as error:
        return None, type(error).__name__


@settings(max_examples={examples})
@given(case=inputs.strategy())
def test_answers_like_the_reference(solution, reference, case):
    found, raised = answer(solution, case)
    right, expected = answer(reference, case)

    assert raised == expected
    if compare is not None and raised is None:
        compare(found, right, *case)
    else:
        assert type(found) is type(right)
        np.testing.assert_equal(found, right)
"""
_OWN_ASK = re.compile(rb"^def ask\(", re.MULTILINE)


def probing(problem: Problem) -> Problem | None:
    """Return the problem with that one property for its tests.

    None where nobody says how to ask: tests/inputs.py is missing, or the problem asks for a class
    and it has no `ask`.
    """
    inputs = problem.files.get(INPUTS)
    if inputs is None:
        return None
    match problem.kind:
        case Kind.PROGRAM:
            asked, examples = "f.run(*case).stdout.split()", PROGRAM_EXAMPLES
        case Kind.FUNCTION:
            asked, examples = f"f.{problem.entry[0]}(*case)", FUNCTION_EXAMPLES
        case _ if _OWN_ASK.search(inputs):
            asked, examples = "None", FUNCTION_EXAMPLES
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
