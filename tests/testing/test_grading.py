"""What an author may write and what becomes of it: real tests in a real grader."""

from pathlib import Path

import pytest

from judge.bootstrap import LocalJudge
from judge.model import Judgement, Verdict
from tests.builders import a_problem
from tests.testing.graded import RIGHT, Grade

pytestmark = pytest.mark.docker

WRONG = "def double(n):\n    return n + 1\n"


def verdicts(judgement: Judgement) -> list[Verdict | None]:
    return [test.verdict for test in judgement.tests]


# Groups, points, names, hints, limits


def test_a_group_stops_at_its_first_failure_and_later_groups_still_run(grade: Grade) -> None:
    tests = """
import pytest
small, large = pytest.mark.group("small"), pytest.mark.group("large")
@small
@pytest.mark.points(10)
def test_a(solution): assert solution.double(1) == 2
@small
@pytest.mark.hint("mind larger numbers")
def test_b(solution): assert solution.double(2) == 4
@small
def test_c(solution): assert solution.double(3) == 6
@large
@pytest.mark.points(30)
@pytest.mark.title("far out")
def test_d(solution): assert solution.double(1) == 2
"""

    judgement = grade(tests, WRONG)

    assert [test.name for test in judgement.tests] == [
        "small/01", "small/02", "small/03", "far out",
    ]  # fmt: skip
    assert verdicts(judgement) == [Verdict.AC, Verdict.WA, None, Verdict.AC]
    assert (judgement.points, judgement.max_points) == (30, 40)
    assert judgement.message == "wrong answer\nHint: mind larger numbers"


def test_a_marker_gives_one_test_other_limits(grade: Grade) -> None:
    tests = """
import pytest
@pytest.mark.limits(cpu_seconds=3)
def test_slow(solution): solution.double(0)
def test_as_usual(solution): solution.double(0)
"""
    source = "import time\ndef double(n):\n    while time.process_time() < 1.5: pass\n"

    assert verdicts(grade(tests, source)) == [Verdict.AC, Verdict.TLE]


def test_a_warning_fails_a_test_that_allows_none(grade: Grade) -> None:
    tests = """
import pytest
def test_allowed(solution): solution.double(1)
@pytest.mark.no_warnings
def test_not_allowed(solution): solution.double(1)
"""
    source = "import warnings\ndef double(n):\n    warnings.warn('careful \\ud800 ' + 'x' * 999)\n"

    assert verdicts(grade(tests, source)) == [Verdict.AC, Verdict.WA]


def test_parametrised_tests_are_tests_of_their_own(grade: Grade) -> None:
    tests = """
import pytest
@pytest.mark.parametrize("n", [1, 2, 3])
def test_x(solution, n): assert solution.double(n) == 2 * n
"""

    judgement = grade(tests)

    assert [test.name for test in judgement.tests] == ["hidden/01", "hidden/02", "hidden/03"]


def test_modules_fixtures_and_data_are_there(grade: Grade) -> None:
    tests = """
from beside import twice
import prelude
def test_x(solution, ready, data_dir):
    assert solution.double(ready) == twice(ready)
    assert (data_dir / "numbers.py").read_text() == "7"
    assert prelude.LIMIT == 9
    assert solution.prelude.call_it(solution.double, 4) == 8
"""
    judgement = grade(
        tests,
        prelude="LIMIT = 9\ndef call_it(f, n): return f(n)\n",
        data__numbers="7",
        tests__beside="def twice(n): return n + n\n",
        tests__conftest="import pytest\n@pytest.fixture\ndef ready(): return 21\n",
    )

    assert judgement.verdict is Verdict.AC


def test_nothing_of_one_test_is_left_in_the_next(grade: Grade) -> None:
    tests = """
def test_a(solution): assert solution.double(1) == 1
def test_b(solution): assert solution.double(1) == 1
"""
    source = "COUNT = 0\ndef double(n):\n    global COUNT\n    COUNT += 1\n    return COUNT\n"

    assert verdicts(grade(tests, source)) == [Verdict.AC, Verdict.AC]


# Properties


PROPERTY = """
from hypothesis import given, settings, strategies as st
@settings(max_examples=300)
@given(n=st.integers(0, 10**6))
def test_x(solution, reference, n):
    assert solution.double(n) == reference.double(n)
"""


def test_a_failing_property_is_shrunk_to_its_smallest_input(grade: Grade) -> None:
    judgement = grade(PROPERTY, "def double(n):\n    return 2 * n if n < 1234 else -1\n")

    assert judgement.verdict is Verdict.WA
    assert judgement.counterexample is not None
    assert judgement.counterexample.input == "double(1234)"
    assert judgement.counterexample.output == "-1"
    assert judgement.counterexample.expected == "2468"


def test_a_property_that_runs_out_of_time_is_not_shrunk(grade: Grade) -> None:
    judgement = grade(PROPERTY, "def double(n):\n    while n > 9: pass\n    return 2 * n\n")

    assert judgement.verdict is Verdict.TLE
    assert judgement.judging_seconds < 6


def test_different_answers_to_equal_input_are_wrong(grade: Grade) -> None:
    source = "import random\ndef double(n):\n    return 2 * n if random.random() < 0.5 else 0\n"

    judgement = grade(PROPERTY, source)

    assert judgement.verdict is Verdict.WA


OUTER = (
    "def double(f):\n    class Key: pass\n    return f(Key())\ndef inner():\n    while True: pass\n"
)


@pytest.mark.parametrize(
    ("body", "verdict"),
    [
        ("solution.inner()", Verdict.TLE),
        ("key == 1", Verdict.RE),
        ("bool(key)", Verdict.RE),
        ("pytest.fail('no')", Verdict.WA),
        ("solution.nothing()", Verdict.CE),
    ],
)
def test_a_test_may_end_inside_an_exposed_object(grade: Grade, body: str, verdict: Verdict) -> None:
    tests = f"""
import pytest
from judge.testing import expose
def test_x(solution):
    def callback(key):
        {body}
    solution.double(expose(callback))
@pytest.mark.group("next")
def test_y(solution):
    assert solution.double(expose(lambda key: 7)) == 7
"""

    judgement = grade(tests, OUTER, submissions__accepted__a="def double(f): return 7\n")

    assert verdicts(judgement) == [verdict, Verdict.AC]


# What a submission cannot do to a grader


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("range(10**15)", Verdict.RE),  # a test that iterates over it would never end
        ("[range(10**15)] * 3", Verdict.RE),
        ("'\\ud800'", Verdict.WA),
        ("{'\\ud800': [1e308 * 10]}", Verdict.WA),
        ("[[[]] * 1000] * 100", Verdict.WA),
        ("b'\\x00' * 1000", Verdict.WA),
        ("10 ** 5000", Verdict.WA),
    ],
)
def test_no_value_breaks_a_grader(grade: Grade, value: str, verdict: Verdict) -> None:
    samples = "def test_two(solution):\n    assert list(solution.double(2)) == [4]\n"
    failing = (
        "import pytest\n"
        "def test_x(solution):\n"
        "    text = str(solution.double(2))\n"
        "    if text != '[4]':\n"
        "        pytest.fail(text)\n"
    )

    files = {
        "tests__test_samples": samples,
        "submissions__accepted__a": "def double(n):\n    return [2 * n]\n",
    }

    judgement = grade(failing, f"def double(n): return {value}", **files)

    assert verdicts(judgement) == [verdict, verdict]


def test_a_long_history_of_long_calls_is_shown_in_part(grade: Grade) -> None:
    samples = """
def test_two(solution):
    thing = solution.Thing()
    for n in range(190):
        thing.take("x" * 3000, "y" * 3000, "z" * 3000)
    assert thing.take("", "", "") == 4
"""
    source = "class Thing:\n    def take(self, a, b, c): return 0\n"
    tests = "def test_x(solution):\n    solution.Thing()\n"
    right = source.replace("0", "4")
    files = {"tests__test_samples": samples, "submissions__accepted__a": right}

    judgement = grade(tests, source, entry="class Thing", **files)

    assert judgement.verdict is Verdict.WA
    assert judgement.counterexample is not None
    assert len(judgement.counterexample.input) < 100_000


def test_a_grader_is_used_for_many_packages(judge: LocalJudge, tmp_path: Path) -> None:
    for number in range(12):
        files = {"data/large.bin": bytes(24 << 20)}
        problem = a_problem(tmp_path / str(number), files=files)

        assert judge.judge(problem, RIGHT).verdict is Verdict.AC
