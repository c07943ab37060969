"""Trying, pulling and checking, as a person or a script does them."""

import subprocess
import sys
from pathlib import Path

import pytest

from judge.engine.client import Engine
from tests.builders import HIDDEN, MANIFEST, SOURCE, a_package
from tests.e2e.commands import judged, run_judge, submit

pytestmark = pytest.mark.docker


def test_samples_can_be_run_alone(problems: Path) -> None:
    file = problems.parent / "my.py"
    file.write_text(SOURCE)

    done = run_judge("run", "--problems", problems, "--problem", "double", file)

    assert done.returncode == 0, done.stderr
    assert "test_two" in done.stdout
    assert "hidden/" not in done.stdout


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
    done = run_judge("problem", "check", "--all", JUDGE_PROBLEMS=str(problems))

    assert done.returncode == 0, done.stdout + done.stderr
    assert "too_small" in done.stdout


def test_a_check_fails_when_a_wrong_submission_is_called_accepted(problems: Path) -> None:
    wrong = problems / "double" / "submissions" / "wrong_answer" / "too_small.py"
    wrong.rename(problems / "double" / "submissions" / "accepted" / "too_small.py")

    done = run_judge("problem", "check", "--problems", problems, "double")

    assert done.returncode == 1
    assert "expected AC, got WA" in done.stdout


def test_a_minimal_package_is_enough(tmp_path: Path, engine: Engine) -> None:
    a_package(
        tmp_path / "problems", files={"problem.toml": MANIFEST, "tests/test_hidden.py": HIDDEN}
    )

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
