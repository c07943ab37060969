"""Groups that wait for others, cheap ones first, and what an author lets be shown of a case."""

import pytest

from judge.model import Judgement, TestState, Verdict
from tests.testing.graded import RIGHT, Grade

pytestmark = pytest.mark.docker

WAITING = """
import pytest

@pytest.mark.group("large", after="small")
def test_large(solution): assert solution.double(10**6) == 2 * 10**6

@pytest.mark.group("huge", after=("large",))
def test_huge(solution): assert solution.double(10**9) == 2 * 10**9

@pytest.mark.group("long")
@pytest.mark.limits(cpu_seconds=2)
def test_long(solution): assert solution.double(7) == 14

@pytest.mark.group("small")
def test_small(solution): assert solution.double(1) == 2
"""


LATE = """
import pytest

@pytest.mark.group("large")
def test_first(solution): assert solution.double(10**6) == 2 * 10**6

@pytest.mark.group("large", after="small")
def test_second(solution): assert solution.double(10**7) == 2 * 10**7

@pytest.mark.group("small")
def test_small(solution): assert solution.double(1) == 2
"""


def groups(judgement: Judgement) -> dict[str, Verdict | None]:
    return {test.group: test.verdict for test in judgement.tests if not test.sample}


def test_a_group_runs_after_those_it_needs_and_a_dear_one_last(grade: Grade) -> None:
    judgement = grade(WAITING, RIGHT)

    assert list(groups(judgement)) == ["small", "large", "huge", "long"]
    assert (judgement.verdict, judgement.points) == (Verdict.AC, 100)


def test_what_comes_after_a_lost_group_does_not_run(grade: Grade) -> None:
    judgement = grade(WAITING, "def double(n):\n    return 2 * n if n > 1 else 1\n")

    assert groups(judgement) == {
        "small": Verdict.WA,
        "large": None,
        "huge": None,
        "long": Verdict.AC,
    }
    assert judgement.tests[-1].state is TestState.JUDGED


def test_one_test_that_says_so_is_enough(grade: Grade) -> None:
    judgement = grade(LATE, "def double(n):\n    return 2 * n if n > 1 else 1\n")

    assert [test.verdict for test in judgement.tests] == [Verdict.WA, None, None]


@pytest.mark.parametrize(
    "marker", ['"a", after="b"', '"a", after="a"', '"a", before="b"', '"a", "b"', ""]
)
def test_a_group_that_cannot_be_placed_is_the_author_s_fault(grade: Grade, marker: str) -> None:
    tests = f"import pytest\n@pytest.mark.group({marker})\ndef test_x(solution): pass\n"

    assert grade(tests, RIGHT).verdict is Verdict.JE


@pytest.mark.parametrize(("marker", "shown"), [("@pytest.mark.reveal", True), ("", False)])
def test_a_hidden_case_is_shown_where_its_author_says_so(
    grade: Grade, marker: str, shown: bool
) -> None:
    tests = f"import pytest\n{marker}\ndef test_x(solution): assert solution.double(21) == 42\n"

    found = grade(tests, "def double(n): return 0").counterexample

    assert (found is not None) is shown
    if found is not None:
        assert (found.input, found.output, found.expected) == ("double(21)", "0", "42")


def test_a_pitfall_that_there_is_not_is_the_author_s_fault(grade: Grade) -> None:
    tests = "import pytest\n@pytest.mark.pitfall('hugelogits')\ndef test_x(solution): pass\n"

    assert grade(tests, RIGHT).verdict is Verdict.JE
