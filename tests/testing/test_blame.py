"""Whose fault a failing test is: the submission's, or the test's."""

import pytest

from judge.model import Verdict
from tests.testing.graded import RIGHT, Grade

pytestmark = pytest.mark.docker


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("def double(n): return [n]", Verdict.WA),
        ("def double(n): return None", Verdict.WA),
        (RIGHT, Verdict.AC),
    ],
)
def test_a_value_that_makes_a_test_stumble_is_wrong(
    grade: Grade, source: str, verdict: Verdict
) -> None:
    judgement = grade("def test_x(solution):\n    assert solution.double(2) / 2 == 2\n", source)

    assert judgement.verdict is verdict


@pytest.mark.parametrize("body", ["assert solution.double(2) == undefined", "undefined"])
def test_a_test_that_stumbles_over_the_reference_too_is_at_fault(grade: Grade, body: str) -> None:
    assert grade(f"def test_x(solution):\n    {body}\n").verdict is Verdict.JE


def test_a_test_is_blamed_with_nothing_left_of_earlier_uses_of_the_reference(grade: Grade) -> None:
    counts = "COUNT = 0\ndef double(n):\n    global COUNT\n    COUNT += 1\n    return COUNT\n"
    tests = """
def test_a(solution, reference):
    assert solution.double(0) == reference.double(0)
def test_b(solution):
    assert solution.double(0) == 1
"""
    wrong = counts.replace("COUNT = 0", "COUNT = 8")

    judgement = grade(tests, wrong, submissions__accepted__a=counts)

    assert judgement.verdict is Verdict.WA


def test_what_the_reference_prints_is_seen_when_a_test_is_blamed(grade: Grade) -> None:
    prints = "import sys\ndef double(n):\n    print(2 * n)\n    sys.stderr.write('!')\n"
    tests = """
def test_x(solution):
    call = solution.call("double", 2)
    assert (call.stdout, call.stderr) == ("4\\n", "!")
"""

    assert grade(tests, prints, submissions__accepted__a=prints).verdict is Verdict.AC
    assert grade(tests, RIGHT, submissions__accepted__a=prints).verdict is Verdict.WA


def test_a_test_that_the_reference_skips_is_not_at_fault(grade: Grade) -> None:
    tests = """
import pytest
def test_x(solution):
    if solution.double(2) == 4:
        pytest.skip("enough")
    assert solution.double(3) == 6
"""

    assert grade(tests, "def double(n): return n").verdict is Verdict.WA


def test_without_a_reference_the_submission_is_blamed(grade: Grade) -> None:
    tests = "def test_x(solution):\n    assert solution.double(2) / 2 == 2\n"
    files = {"submissions__accepted__a": None}

    judgement = grade(tests, "def double(n): return []", **files)

    assert judgement.verdict is Verdict.WA


def test_an_expected_exception_is_no_failure(grade: Grade) -> None:
    source = "def double(n):\n    if n < 0: raise ValueError('negative')\n    return 2 * n\n"
    tests = (
        "import pytest\n"
        "def test_x(solution):\n"
        "    with pytest.raises(ValueError, match='negative'):\n"
        "        solution.double(-1)\n"
    )

    assert grade(tests, source, submissions__accepted__a=source).verdict is Verdict.AC
    assert grade(tests, RIGHT, submissions__accepted__a=source).verdict is Verdict.WA


def test_an_assertion_inside_the_submission_is_its_own_exception(grade: Grade) -> None:
    tests = "def test_x(solution):\n    solution.double(1)\n"

    assert grade(tests, "def double(n):\n    assert n == 0\n").verdict is Verdict.RE


def test_answers_that_fill_the_grader_are_no_fault_of_the_test(grade: Grade) -> None:
    """What was returned is still there when the reference is asked, or JE could be had at will."""
    hoard = """
def double(n):
    nested = None
    for _ in range(80):
        nested = {0: nested}
    return [nested] * 24_000
"""
    needs_memory = "def double(n):\n    return len(bytearray(1_000 << 20)) * 0 + 2 * n\n"
    tests = (
        "import pytest\n"
        "@pytest.mark.limits(cpu_seconds=20, wall_seconds=60)\n"
        "def test_x(solution):\n"
        "    assert solution.double(2) == 4\n"
    )

    judgement = grade(tests, hoard, submissions__accepted__a=needs_memory)

    assert judgement.verdict is Verdict.WA


def test_a_source_that_dies_of_loading_in_a_later_test_is_no_fault_of_ours(grade: Grade) -> None:
    """The first call is on its way by then, and the test calls once more."""
    dies = "import os\nif os.getpid() >= 18: os._exit(0)\n"  # one after the other, from about 8
    tests = """
import pytest
@pytest.mark.parametrize("n", range(12))
def test_x(solution, n):
    try:
        assert solution.double(n) == 2 * n
    finally:
        assert solution.double(1) == 2
"""

    judgement = grade(tests, dies + RIGHT)

    assert judgement.verdict is Verdict.RE
    assert judgement.message == "loading your file ended with exit code 0 before it answered"
    assert judgement.tests[0].verdict is Verdict.AC
