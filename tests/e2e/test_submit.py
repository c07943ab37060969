"""The commands as a person or a script uses them: a process, its streams, its exit code."""

from pathlib import Path

import pytest

from judge.engine.client import Engine
from tests.builders import SOURCE, a_package
from tests.e2e.commands import judged, run_judge, submit

pytestmark = pytest.mark.docker


def test_the_json_of_a_submission_has_exactly_the_promised_keys_and_types(problems: Path) -> None:
    done = submit(problems, SOURCE, "--json")

    said = judged(done)
    assert done.returncode == 0, done.stderr
    assert {key: type(value) for key, value in said.items()} == {
        "submission_id": type(None), "problem": str, "verdict": str, "points": int,
        "max_points": int, "cpu_seconds": float, "wall_seconds": float, "peak_memory_mib": float,
        "judging_seconds": float, "image": str, "tests": list, "counterexample": type(None),
        "speed": type(None), "problem_version": str, "runner_version": str, "machine": str,
        "message": type(None), "phases": list,
    }  # fmt: skip
    assert [{key: type(value) for key, value in test.items()} for test in said["tests"]] == [
        {"name": str, "group": str, "sample": bool, "state": str, "verdict": str,
         "cpu_seconds": float, "memory_mib": float, "message": type(None), "stdout": type(None),
             "pitfall": type(None)}
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
    assert said["counterexample"] == {
        "input": "double(57)",
        "output": "0",
        "expected": "114",
        "minimal": True,
    }
    assert said["tests"][2]["message"] == "wrong answer"


def test_the_same_submission_meets_the_same_examples(problems: Path) -> None:
    source = "def double(n):\n    return 2 * n if n % 7 != 4 else 0\n"

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
