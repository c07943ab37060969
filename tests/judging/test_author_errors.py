"""Mistakes of an author: `check` says what and where, and a learner gets JE and nothing of it."""

import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from judge.bootstrap import LocalJudge
from judge.catalog import load_problem
from judge.errors import ProblemError
from judge.grading import docker
from judge.judging.check import check_problem
from judge.model import Verdict
from tests.builders import HIDDEN, MANIFEST, SOURCE, a_package, a_problem

WRONG = "def double(n):\n    return n + 1\n"
RIGHT = {"submissions/wrong_answer/b.py": WRONG}
CHECKER = """
def check(x):
    raise LookupError(f"secret {x}")

def test_secret(solution):
    check(solution.double(2))
"""
PROPERTY = """
from hypothesis import given, strategies as st

@given({})
def test_secret(solution, n):
    assert solution.double(n) == 2 * n
"""


def hidden(text: str) -> Mapping[str, str]:
    return {"tests/test_hidden.py": text, **RIGHT}


@pytest.mark.docker
@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("import secret_module\n" + HIDDEN, "tests/test_hidden.py", "No module named 'secret_mod"),
        ("def test_secret(solution:\n    pass\n", "tests/test_hidden.py", "SyntaxError"),
        ("def test_secret(solution, nowhere):\n    pass\n", "test_secret", "fixture 'nowhere' not"),
        (
            CHECKER,
            "test_secret",
            "LookupError: secret 4",
        ),
        (
            PROPERTY.format("st.integers().filter(lambda n: n != n)"),
            "test_secret",
            "Unsatisfiable",
        ),
        (
            PROPERTY.format("st.nothing()"),
            "test_secret",
            "empty strategy",
        ),
        (
            "def test_secret(solution):\n    while True:\n        pass\n",
            "test_secret",
            "it took more than 3 s, or",
        ),
        (
            "import time\ntime.sleep(100)\n" + HIDDEN,
            "collecting the tests",
            "it took more than 3 s, or",
        ),
        ("X = 1\n", "tests/", "no test ran"),
    ],
    ids=["import", "syntax", "fixture", "checker", "filter", "nothing", "hangs", "sleeps", "empty"],
)
def test_a_test_at_fault(
    judge: LocalJudge,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    where: str,
    what: str,
) -> None:
    if "more than 3 s" in what:
        monkeypatch.setattr(docker, "THINKING_SECONDS", 3.0)
    problem = a_problem(tmp_path, files=hidden(text))

    (complaint,) = check_problem(judge, problem).complaints
    learners = judge.judge(problem, SOURCE)

    assert complaint.startswith(f"{where} is at fault, not a submission:\n")
    assert what in complaint
    assert "/package-" not in complaint
    assert learners.verdict is Verdict.JE
    assert learners.tests == ()
    assert "secret" not in str(learners)


@pytest.mark.docker
def test_a_test_that_ends_its_process_is_not_waited_for(judge: LocalJudge, tmp_path: Path) -> None:
    text = f"import os\n{HIDDEN}    os._exit(0)\n"
    started = time.monotonic()

    judged = judge.judge(a_problem(tmp_path, files=hidden(text)), SOURCE)

    assert judged.verdict is Verdict.JE
    assert time.monotonic() - started < docker.THINKING_SECONDS


@pytest.mark.docker
def test_a_test_that_prints_a_megabyte_harms_nobody(judge: LocalJudge, tmp_path: Path) -> None:
    text = HIDDEN + "    print('x' * 2**20)\n    import os; os.write(1, b'x' * 2**20)\n"
    problem = a_problem(tmp_path, files=hidden(text))

    assert check_problem(judge, problem).ok
    assert "xxx" not in str(judge.judge(problem, WRONG))


@pytest.mark.docker
def test_a_reference_that_answers_in_two_ways(judge: LocalJudge, tmp_path: Path) -> None:
    files = {
        "tests/inputs.py": "from hypothesis import strategies as st\n\n"
        "def strategy():\n    return st.tuples(st.integers(3, 9))\n",
        "submissions/accepted/a.py": "import os\n\ndef double(n):\n"
        "    return 2 * n if n < 3 else os.getpid() + id(object())\n",
        **RIGHT,
    }
    (complaint,) = check_problem(judge, a_problem(tmp_path, files=files)).complaints

    assert complaint.startswith("the reference is not deterministic: it answers ")
    assert ", then " in complaint


RAISES = "def double(n):\n    raise ValueError('secret')\n"
WARNS = "import warnings\ndef double(n):\n    warnings.warn('secret')\n    return 2 * n\n"
STRICT = f"import pytest\n@pytest.mark.no_warnings\n{HIDDEN}"


@pytest.mark.docker
@pytest.mark.parametrize(
    ("reference", "tests", "learners", "what"),
    [
        (SOURCE, HIDDEN.replace("4", "5"), SOURCE + "# mine\n", "assert solution.double(2) == 5"),
        (SOURCE, HIDDEN.replace("4", "5"), RAISES, "assert solution.double(2) == 5"),
        (RAISES, HIDDEN, WRONG, "ValueError: secret"),
        (WARNS, STRICT, WARNS, "UserWarning: secret"),
        ("def double(n):\n    return object()\n", HIDDEN, WRONG, "object"),
        ("def twice(n):\n    return 2 * n\n", HIDDEN, "def half(n): pass\n", "double"),
        ("import nowhere\n", HIDDEN, "1 / 0\n", "No module named 'nowhere'"),
    ],
    ids=["assertion", "raised", "raises", "warns", "uncrossable", "nameless", "unloadable"],
)
def test_a_reference_that_fails_its_own_tests_costs_no_learner_anything(
    judge: LocalJudge, tmp_path: Path, reference: str, tests: str, learners: str, what: str
) -> None:
    files = {"submissions/accepted/a.py": reference, "tests/test_hidden.py": tests}
    problem = a_problem(tmp_path, files=files)

    (complaint,) = check_problem(judge, problem).complaints
    judged = judge.judge(problem, learners)

    assert "is at fault, not a submission" in complaint
    assert what in complaint
    assert judged.verdict is Verdict.JE
    assert judged.tests == ()
    assert "secret" not in str(judged)


def test_a_link_out_of_the_package(tmp_path: Path) -> None:
    folder = a_package(tmp_path)
    (folder / "tests" / "names.txt").symlink_to("/etc/hostname")

    with pytest.raises(
        ProblemError, match=r"double/tests/names\.txt: symbolic links are not allowed"
    ):
        load_problem(folder)


@pytest.mark.docker
def test_a_reference_that_takes_its_time_is_steady_all_the_same(
    judge: LocalJudge, tmp_path: Path
) -> None:
    """Forty inputs take longer than a test may, though none of them takes long."""
    files = {
        "problem.toml": MANIFEST + "[limits]\ncpu_seconds = 0.5\n",
        "tests/inputs.py": "from hypothesis import strategies as st\n"
        "def strategy(): return st.tuples(st.integers(0, 99))\n",
        "submissions/accepted/a.py": "def double(n):\n    for _ in range(10**6): pass\n"
        "    return 2 * n\n",
    }

    complaints = check_problem(judge, a_problem(tmp_path, files=files)).complaints

    assert not [one for one in complaints if "deterministic" in one]
