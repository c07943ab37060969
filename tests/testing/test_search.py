"""The smallest failing input, whatever test failed; and the misconception it speaks of."""

from pathlib import Path

import pytest

from judge.bootstrap import LocalJudge
from judge.judging.events import Event, SearchFailed
from judge.model import Counterexample, Judgement, Verdict
from tests.builders import a_problem
from tests.testing.graded import Grade

pytestmark = pytest.mark.docker

FIXED = "def test_x(solution):\n    assert solution.double(1000) == 2000\n"
FROM = "from hypothesis import strategies as st\n"
INPUTS = f"{FROM}def strategy(): return st.tuples(st.integers(0))\n"
PROPERTY = """
from hypothesis import given
from inputs import strategy

@given(strategy())
def test_x(solution, args): assert solution.double(*args) == 2 * args[0]
"""
MANY = "def test_x(solution):\n    assert all(solution.double(n) == 2 * n for n in range(1, 99))\n"
SMALL_ONLY = "def double(n):\n    return 2 * n if n < 100 else n\n"
WRONG = {"submissions__wrong_answer__b": f"# misconception: stops at a hundred\n{SMALL_ONLY}"}


def example(judgement: Judgement) -> tuple[str, str, str | None, bool]:
    found = judgement.counterexample
    assert found is not None
    return found.input, found.output, found.expected, found.minimal


def test_a_fixed_case_that_fails_leads_to_the_smallest_input_that_does(grade: Grade) -> None:
    judgement = grade(FIXED, SMALL_ONLY, tests__inputs=INPUTS)

    assert judgement.verdict is Verdict.WA
    assert example(judgement) == ("double(100)", "100", "200", True)
    assert [phase.name for phase in judgement.phases] == ["box", "grader", "tests", "example"]


def test_everybody_sees_the_same(grade: Grade) -> None:
    again = [grade(FIXED, "def double(n): return 7", tests__inputs=INPUTS) for _ in range(2)]

    assert example(again[0]) == example(again[1]) == ("double(0)", "7", "0", True)


def test_an_exception_counts_and_is_shown(grade: Grade) -> None:
    source = "def double(n):\n    return 2 * n if n < 50 else [][n]\n"

    judgement = grade(FIXED, source, tests__inputs=INPUTS)

    assert judgement.verdict is Verdict.RE
    assert example(judgement)[0] == "double(50)"
    assert "IndexError" in example(judgement)[1]


@pytest.mark.parametrize("tests", [FIXED, PROPERTY], ids=["fixed", "property"])
def test_an_input_that_ends_the_process_is_shrunk_like_any_other(grade: Grade, tests: str) -> None:
    source = "import os\ndef double(n):\n    return 2 * n if n < 30 else os._exit(3)\n"

    judgement = grade(tests, source, tests__inputs=INPUTS)

    assert judgement.verdict is Verdict.RE
    assert judgement.counterexample == Counterexample("double(30)", "(no answer)", "60")


def test_an_answer_may_be_an_array(grade: Grade) -> None:
    arrays = "import numpy as np\ndef double(n):\n    return np.array([n, n]) * {}\n"
    tests = "def test_x(solution):\n    assert solution.double(1000).tolist() == [2000, 2000]\n"
    right = arrays.format("2")

    judgement = grade(
        tests,
        arrays.format("(2 if n < 7 else 3)"),
        submissions__accepted__a=right,
        tests__inputs=INPUTS,
    )

    assert judgement.counterexample is not None
    assert judgement.counterexample.input == "double(7)"


def test_how_a_program_ended_is_shown_beside_what_it_printed(
    judge: LocalJudge, tmp_path: Path
) -> None:
    double = "n = int(input())\nprint(2 * n)\n"
    raising = double + "if n > 6: raise ValueError(f'{n} is too large')\n"
    files = {
        "problem.toml": 'title = "t"\nkind = "program"\n',
        "tests/test_hidden.py": "def test_x(solution):\n"
        "    assert solution.run('1000').stdout == '2000\\n'\n",
        "tests/inputs.py": f"{FROM}def strategy(): return st.integers(0).map(str)\n",
        "submissions/accepted/a.py": double,
    }
    found = judge.judge(a_problem(tmp_path / "p", files=files), raising).counterexample

    assert found is not None
    ending = "(ended with exit code 1: ValueError: 7 is too large)"
    assert (found.input, found.output, found.expected) == ("7", f"14\n{ending}", "14\n")


@pytest.mark.parametrize("value", ["len", "object()", "iter([n])", "[[n], n]"])
def test_an_answer_that_makes_compare_stumble_is_no_fault_of_the_package(
    judge: LocalJudge, tmp_path: Path, value: str
) -> None:
    compare = "def compare(found, right, n):\n    assert abs(found - right) < 1\n"
    files = {"tests/inputs.py": INPUTS + compare, "tests/test_hidden.py": FIXED}
    heard: list[object] = []

    judgement = judge.judge(
        a_problem(tmp_path / "p", files=files), f"def double(n): return {value}\n", heard.append
    )

    assert "example" in {phase.name for phase in judgement.phases}
    assert not [event for event in heard if isinstance(event, SearchFailed)]


def test_what_earlier_calls_used_up_is_not_held_against_an_input(grade: Grade) -> None:
    hoard = (
        "kept = []\ndef double(n):\n    kept.append(bytearray(8 << 20))\n    return n + int(n)\n"
    )
    of_no_input = "def test_x(solution):\n    assert solution.double(0.5) == 1\n"

    judgement = grade(of_no_input, hoard, tests__inputs=INPUTS)

    assert judgement.verdict is Verdict.WA
    assert judgement.counterexample is None


def test_a_property_that_used_up_its_limit_accuses_no_input(grade: Grade) -> None:
    slow = "import time\ndef double(n):\n    time.sleep(0.3)\n    return 2 * n\n"

    judgement = grade(PROPERTY, slow, tests__inputs=INPUTS)

    assert judgement.verdict is Verdict.TLE
    assert judgement.counterexample is None


def test_who_answers_now_so_now_so_is_no_fault_of_the_package(
    judge: LocalJudge, tmp_path: Path
) -> None:
    source = "import random\ndef double(n): return 2 * n if random.random() < 0.7 else 0\n"
    files = {"problem.toml": 'title = "t"\nentry = "double"\n', "tests/inputs.py": INPUTS}
    problem = a_problem(tmp_path / "p", files=files | {"tests/test_hidden.py": MANY})
    heard: list[object] = []

    judgement = judge.judge(problem, source, heard.append)

    assert judgement.verdict is Verdict.WA
    assert not [event for event in heard if isinstance(event, SearchFailed)]


def test_a_search_that_takes_too_long_says_so(grade: Grade) -> None:
    slow = "import time\ndef double(n):\n    time.sleep(0.5)\n    return n if n > 976 else 2 * n\n"

    found = grade(FIXED, slow, tests__inputs=INPUTS).counterexample

    assert found is not None
    assert not found.minimal


def test_nothing_is_searched_for_what_is_right_or_too_slow_or_does_not_load(grade: Grade) -> None:
    for source in ("def double(n): return 2 * n", "while True: pass", "import missing_module"):
        judgement = grade(FIXED, source, tests__inputs=INPUTS)

        assert judgement.counterexample is None
        assert "example" not in {phase.name for phase in judgement.phases}


def test_a_mistake_that_is_known_gets_its_hint_and_another_one_does_not(grade: Grade) -> None:
    alike = "def double(n):\n    return n + n if n <= 99 else abs(n)\n"
    judged = grade(FIXED, alike, tests__inputs=INPUTS, **WRONG)

    assert judged.message == (
        "wrong answer\nHint: it fails like a known mistake: stops at a hundred"
    )
    for other in ("def double(n): return 0", "def double(n): return 2 * n if n < 99 else n"):
        judged = grade(FIXED, other, tests__inputs=INPUTS, **WRONG)
        assert "Hint" not in (judged.message or "")


def test_a_wrong_submission_that_hangs_gives_no_hint_and_holds_up_nobody(grade: Grade) -> None:
    wrong = {
        "submissions__wrong_answer__b": "# misconception: x\ndef double(n):\n    while n: pass\n"
    }

    judged = grade(FIXED, "def double(n): return 3", tests__inputs=INPUTS, **wrong)

    assert judged.verdict is Verdict.WA
    assert "Hint" not in (judged.message or "")


@pytest.mark.parametrize(
    "odd",
    [
        "object()",
        "[double]",
        "(i for i in 'ab')",
        "10**9000",
        "type('T', (int,), {})()",
        "b'x' * n",
    ],
)
def test_values_of_any_kind_are_no_fault_of_the_judge(grade: Grade, odd: str) -> None:
    source = f"def double(n):\n    return {odd} if n != 1000 else 1\n"

    assert grade(FIXED, source, tests__inputs=ASK).verdict is Verdict.WA


ASK = """
from hypothesis import strategies as st
def strategy(): return st.integers(1, 9)
def ask(solution, n): return [solution.double(n), solution.double(-n)]
def compare(found, right, n): assert found[0] == right[0] and found[1] % 2 == 0, "odd"
"""


def test_a_package_says_what_an_answer_is_and_when_it_is_right(grade: Grade) -> None:
    good = grade(FIXED, "def double(n): return 2 * n if 0 < n < 10 else 4", tests__inputs=ASK)
    bad = grade(FIXED, "def double(n): return 2 * n if 0 < n < 10 else 5", tests__inputs=ASK)

    assert good.verdict is bad.verdict is Verdict.WA
    assert good.counterexample is None
    assert example(bad)[0] == "double(-1)"


def test_a_value_that_makes_the_comparison_stumble_is_wrong(grade: Grade) -> None:
    assert example(grade(FIXED, "def double(n): return None", tests__inputs=ASK))[1] == "None"


@pytest.mark.parametrize(
    "inputs",
    [
        "def strategy(): return undefined",
        f"{INPUTS}def ask(solution, n): undefined",
        f"{INPUTS}def ask(solution, n): return solution.undefined(n)",
        f"{INPUTS}def compare(found, right, n): undefined",
        "undefined",
    ],
)
def test_what_is_wrong_with_inputs_is_told_to_the_author_alone(
    judge: LocalJudge, tmp_path: Path, inputs: str
) -> None:
    problem = a_problem(
        tmp_path / "p",
        files={
            "problem.toml": 'title = "t"\nentry = "double"\n',
            "tests/test_hidden.py": FIXED,
            "tests/inputs.py": inputs,
        },
    )
    heard: list[object] = []

    judgement = judge.judge(problem, "def double(n): return 1", heard.append)

    assert judgement.verdict is Verdict.WA
    assert judgement.counterexample is None
    assert "undefined" not in repr(judgement)
    [failed] = [event for event in heard if isinstance(event, SearchFailed)]
    assert "undefined" in failed.trouble


def test_an_answer_that_cannot_be_compared_is_no_fault_of_the_package(
    judge: LocalJudge, tmp_path: Path
) -> None:
    heard: list[Event] = []
    files = {"tests/test_hidden.py": FIXED, "tests/inputs.py": INPUTS}
    source = "def double(n):\n    yield 2 * n\n"

    judgement = judge.judge(a_problem(tmp_path, files=files), source, heard.append)

    assert judgement.verdict is Verdict.RE
    assert judgement.phases[-1].name == "example"
    assert not [event for event in heard if isinstance(event, SearchFailed)]
