"""Does the search for failing inputs accuse a right answer? Then learners would be misled."""

from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

from judge.catalog import Labelled, Problem
from judge.catalog.problem import HIDDEN, SAMPLES
from judge.judging.steadiness import INPUTS
from judge.model import Judgement, Verdict

_REFUSE = b'''\
"""Made by the check: refuses everything, so that the search looks for an input that fails.

Once: asked again, with the reference, it would be found at fault itself.
"""

REFUSED = []


def test_refuses(solution):
    REFUSED.append(solution)
    assert len(REFUSED) > 1
'''


def refused(problem: Problem) -> Problem | None:
    """Return a package whose one test refuses everything; None where nothing can be searched."""
    if INPUTS not in problem.files:
        return None
    kept = {path: text for path, text in problem.files.items() if path not in {HIDDEN, SAMPLES}}
    files = MappingProxyType(kept | {HIDDEN: _REFUSE})
    return replace(problem, files=files, shows_inputs=True)


def accepted(problem: Problem) -> list[Labelled]:
    """Return the submissions for which the search must find nothing."""
    return [one for one in problem.submissions if one.expected is Verdict.AC]


def accusations(labelled: Labelled, judgement: Judgement) -> Iterator[str]:
    """Complain of an input that the search holds against a right submission."""
    if (found := judgement.counterexample) is not None:
        yield (
            f"{labelled.name} is right, but tests/inputs.py refuses its answer {found.output} to "
            f"{found.input}; have `compare` accept what the tests accept"
        )
