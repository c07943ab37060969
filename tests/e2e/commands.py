"""Runs the command line as a process, over a small package of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.builders import SOURCE

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
