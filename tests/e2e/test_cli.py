"""The commands as a person or a script uses them: a process, its streams, its exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from judge.engine.client import Engine
from tests.builders import HIDDEN, MANIFEST, SOURCE, a_package

pytestmark = pytest.mark.docker

SAMPLES = 'def test_two(solution):\n    """Two is four."""\n    assert solution.double(2) == 4\n'
PROPERTY = """
from hypothesis import given, strategies as st
import inputs

def test_known(solution):
    assert solution.double(3) == 6

@given(args=inputs.strategy())
def test_property(solution, reference, args):
    assert solution.double(*args) == reference.double(*args)
"""
INPUTS = """
from hypothesis import strategies as st

def validate(n):
    if n < 0:
        raise ValueError("n must not be negative")

def strategy():
    return st.tuples(st.integers(0, 1000))
"""
FILES = {
    "statement.md": "# Double\n\nReturn twice the number.\n",
    "tests/test_samples.py": SAMPLES,
    "tests/test_hidden.py": PROPERTY,
    "tests/inputs.py": INPUTS,
    "submissions/accepted/plain.py": SOURCE,
    "submissions/wrong_answer/too_small.py": "def double(n):\n    return n + 2\n",
    "submissions/run_time_error/raises.py": "def double(n):\n    raise KeyError(n)\n",
}


@pytest.fixture
def problems(tmp_path: Path, engine: Engine) -> Path:
    a_package(tmp_path / "problems", files=FILES)
    return tmp_path / "problems"


def run_judge(
    *arguments: object, folder: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "judge", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        timeout=120,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])} | environment,
    )


def submit(problems: Path, source: str, *more: object) -> subprocess.CompletedProcess[str]:
    file = problems.parent / "my.py"
    file.write_text(source)
    chosen = ("--problems", problems, "--problem", "double")
    return run_judge("submit", "--local", *more, *chosen, file)


def judged(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    return dict(json.loads(done.stdout))


def test_the_json_of_a_submission_has_exactly_the_promised_keys_and_types(problems: Path) -> None:
    done = submit(problems, SOURCE, "--json")

    said = judged(done)
    assert done.returncode == 0, done.stderr
    assert {key: type(value) for key, value in said.items()} == {
        "submission_id": type(None), "problem": str, "verdict": str, "points": int,
        "max_points": int, "cpu_seconds": float, "wall_seconds": float, "peak_memory_mib": float,
        "judging_seconds": float, "image": str, "tests": list, "counterexample": type(None),
        "speed": type(None),
    }  # fmt: skip
    assert [{key: type(value) for key, value in test.items()} for test in said["tests"]] == [
        {"name": str, "group": str, "sample": bool, "state": str, "verdict": str,
         "cpu_seconds": float, "message": type(None)}
    ] * 3  # fmt: skip
    assert (said["problem"], said["verdict"], said["points"]) == ("double", "AC", 100)
    assert said["image"].startswith("sha256:")
    assert [test["name"] for test in said["tests"]] == ["test_two", "hidden/01", "hidden/02"]


def test_a_wrong_submission_is_shown_the_smallest_failing_input(problems: Path) -> None:
    source = "def double(n):\n    return 2 * n if n < 57 else 0\n"

    done = submit(problems, source, "--json")

    said = judged(done)
    assert done.returncode == 1
    assert said["verdict"] == "WA"
    assert said["counterexample"] == {"input": "double(57)", "output": "0", "expected": "114"}
    assert said["tests"][2]["message"] == "wrong answer"


def test_the_same_submission_meets_the_same_examples(problems: Path) -> None:
    source = "def double(n):\n    return 2 * n if n % 7 != 3 else 0\n"

    once, again = (judged(submit(problems, source, "--json")) for _ in range(2))

    assert once["counterexample"] == again["counterexample"] is not None


def test_progress_goes_to_stderr_and_the_result_to_stdout(problems: Path) -> None:
    done = submit(problems, SOURCE)

    assert "AC accepted" in done.stdout.splitlines()[-1]
    assert "\x1b" not in done.stdout + done.stderr
    assert "test_two" in done.stderr


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def double(n):\n    return n +\n", "line 2"),
        ("def triple(n):\n    return n\n", "define `double`"),
        ("def double():\n    return 1\n", "TypeError"),
        ("def double(n):\n    return lambda: n\n", "function"),
        ("import sklearn\ndef double(n):\n    return 2 * n\n", "scikit-learn is not part of"),
        ("import nonsense\ndef double(n):\n    return 2 * n\n", "nonsense is not part of"),
    ],
    ids=["syntax", "entry", "parameters", "value", "library", "module"],
)
def test_what_is_wrong_is_said(problems: Path, source: str, said: str) -> None:
    done = submit(problems, source)

    assert done.returncode == 1
    assert said in done.stdout


@pytest.mark.parametrize("source", ["", "  \n", "\0", "x" * (257 << 10)],
                         ids=["empty", "blank", "binary", "large"])  # fmt: skip
def test_what_can_never_be_a_submission_is_refused(problems: Path, source: str) -> None:
    done = submit(problems, source)

    assert done.returncode == 2
    assert "my.py" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_problem_is_answered_with_similar_ones(problems: Path) -> None:
    done = run_judge("submit", "--local", "--problems", problems, "--problem", "duoble", __file__)

    assert done.returncode == 2
    assert "double" in done.stderr


def test_an_engine_that_does_not_answer_is_a_set_up_error(problems: Path, tmp_path: Path) -> None:
    file = tmp_path / "my.py"
    file.write_text(SOURCE)
    chosen = ("--problems", problems, "--problem", "double", file)

    done = run_judge("submit", "--local", *chosen, DOCKER_HOST=f"unix://{tmp_path}/nothing.sock")

    assert done.returncode == 2
    assert "no container engine answers" in done.stderr


@pytest.mark.parametrize(
    "tests",
    [
        "import no_such_module\n",
        "def test_x(solution):\n    assert solution.double(1) == undefined\n",
        "def test_x(solution, no_such_fixture):\n    pass\n",
        "import pytest\n@pytest.mark.pionts(3)\ndef test_x(solution): pass\n",
        "x = 1\n",
    ],
    ids=["import", "name", "fixture", "marker", "no test"],
)
def test_tests_at_fault_are_nobodys_verdict(tmp_path: Path, engine: Engine, tests: str) -> None:
    files = {"tests/test_hidden.py": tests, "submissions/accepted/plain.py": SOURCE}
    a_package(tmp_path / "problems", files=files)

    done = submit(tmp_path / "problems", SOURCE, "--json")

    assert done.returncode == 3
    assert judged(done)["verdict"] == "JE"


def test_what_a_submission_prints_cannot_touch_the_terminal(problems: Path) -> None:
    source = (
        "def double(n):\n    print('\\x1b]0;owned\\x07\\x1b[2J\\u202eabc\\r\\x9b31m')\n"
        "    raise ValueError('\\x1b[31m\\u202e\\x00')\n"
    )

    done = submit(problems, source)

    assert done.returncode == 1
    assert not set(done.stdout + done.stderr) & set("\x1b\x07\x9b\x00\r\u202e")


def test_samples_can_be_run_alone(problems: Path) -> None:
    file = problems.parent / "my.py"
    file.write_text(SOURCE)

    done = run_judge("run", "--problems", problems, "--problem", "double", file)

    assert done.returncode == 0, done.stderr
    assert "test_two" in done.stdout
    assert "hidden" not in done.stdout


@pytest.mark.parametrize(
    ("source", "args", "code", "said"),
    [
        (SOURCE, "[21]", 0, "42"),
        ("def double(n):\n    return n + 1\n", "[21]", 1, "22"),
        ("def double(n):\n    print('here')\n    return 2 * n\n", "[21]", 0, "here"),
        ("def double(n):\n    raise KeyError(n)\n", "[21]", 1, "KeyError: 21"),
    ],
    ids=["right", "wrong", "prints", "raises"],
)
def test_an_input_of_ones_own_is_shown_beside_the_references(
    problems: Path, source: str, args: str, code: int, said: str
) -> None:
    file = problems.parent / "my.py"
    file.write_text(source)

    done = run_judge("run", "--problems", problems, "--problem", "double", "--args", args, file)

    assert done.returncode == code, done.stdout + done.stderr
    assert said in done.stdout
    assert "42" in done.stdout


def test_an_input_that_the_problem_does_not_allow_is_refused(problems: Path) -> None:
    file = problems.parent / "my.py"
    file.write_text(SOURCE)

    done = run_judge("run", "--problems", problems, "--problem", "double", "--args", "[-1]", file)

    assert done.returncode != 0
    assert "must not be negative" in done.stdout + done.stderr


def test_a_pulled_folder_knows_its_problem_and_runs_its_samples(problems: Path) -> None:
    done = run_judge("pull", "--problems", problems, "double", folder=problems.parent)
    assert done.returncode == 0, done.stderr
    folder = problems.parent / "double"
    (folder / "solution.py").write_text(SOURCE)

    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=folder, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    (folder / "solution.py").write_text("def double(n):\n    return 5\n")
    failed = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=folder, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip

    assert tested.returncode == 0, tested.stdout
    assert "1 passed" in tested.stdout
    assert failed.returncode == 1
    assert "hidden" not in str(sorted(folder.rglob("*")))


def test_a_pulled_folder_can_be_submitted_from_within(problems: Path) -> None:
    run_judge("pull", "--problems", problems, "double", folder=problems.parent)
    folder = problems.parent / "double"
    (folder / "solution.py").write_text(SOURCE)

    done = run_judge("submit", "--local", "--problems", problems, "solution.py", folder=folder)

    assert done.returncode == 0, done.stderr


def test_a_check_passes_a_package_whose_labels_hold(problems: Path) -> None:
    done = run_judge("problem", "check", "--problems", problems, "--all")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "too_small" in done.stdout


def test_a_check_fails_when_a_wrong_submission_is_called_accepted(problems: Path) -> None:
    wrong = problems / "double" / "submissions" / "wrong_answer" / "too_small.py"
    wrong.rename(problems / "double" / "submissions" / "accepted" / "too_small.py")

    done = run_judge("problem", "check", "--problems", problems, "double")

    assert done.returncode == 1
    assert "expected AC, got WA" in done.stdout


def test_a_minimal_package_is_enough(tmp_path: Path, engine: Engine) -> None:
    a_package(tmp_path / "problems", files={"problem.toml": MANIFEST, "tests/test_hidden.py": HIDDEN})

    done = submit(tmp_path / "problems", SOURCE, "--json")

    assert (done.returncode, judged(done)["verdict"]) == (0, "AC")


def test_tests_may_hand_the_function_to_a_check(tmp_path: Path, engine: Engine) -> None:
    tests = "def check(candidate):\n    assert candidate(n=3) == 6\n\n" + "\n".join(
        f"def test_{i}(solution):\n    check(solution.double)\n" for i in range(200)
    )
    a_package(tmp_path / "problems", files={"tests/test_hidden.py": tests})

    said = judged(submit(tmp_path / "problems", SOURCE, "--json"))

    assert said["verdict"] == "AC"
    assert len(said["tests"]) == 200
    assert said["judging_seconds"] < 10


PROGRAM = {
    "problem.toml": 'title = "Sum"\nkind = "program"\n',
    "tests/test_samples.py": "def test_two(solution):\n"
    "    assert solution.run('1 2\\n').stdout == '3\\n'\n",
    "tests/test_hidden.py": "def test_more(solution):\n"
    "    assert solution.run('4 5').stdout.split() == ['9']\n"
    "    assert solution.run('1', args=['-x']).stdout.split() == ['1']\n",
    "submissions/accepted/a.py": "print(sum(map(int, input().split())))\n",
}


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("print(sum(map(int, input().split())))\n", "AC"),
        ("import sys\nprint(sum(map(int, sys.stdin.read().split())))\nsys.exit(0)\n", "AC"),
        ("print(sum(map(int, open('/dev/stdin').read().split())))\nexit()\n", "AC"),
        ("if __name__ == '__main__':\n    print(sum(map(int, input().split())))\n", "AC"),
        ("import atexit\natexit.register(lambda: print(sum(map(int, input().split()))))\n", "AC"),
        ("print(0)\n", "WA"),
        ("print(sum(map(int, input().split())))\nexit(3)\n", "RE"),
        ("print(1 / 0)\n", "RE"),
        ("import os\nos.abort()\n", "RE"),
        ("while True: print('x' * 1000)\n", "OLE"),
        ("while True: pass\n", "TLE"),
        ("print(\n", "CE"),
    ],
    ids=["input", "sys.exit(0)", "/dev/stdin", "__main__", "atexit", "wrong", "exit(3)", "raises",
         "aborts", "floods", "spins", "syntax"],
)  # fmt: skip
def test_a_program_is_judged_by_what_it_prints_and_how_it_ends(
    tmp_path: Path, engine: Engine, source: str, verdict: str
) -> None:
    folder = a_package(tmp_path / "problems", files=PROGRAM)
    manifest = folder / "problem.toml"
    manifest.write_text(manifest.read_text() + "[limits]\ncpu_seconds = 0.5\n")

    said = judged(submit(tmp_path / "problems", source, "--json"))

    assert said["verdict"] == verdict, said
