"""The benchmarks still run: small, their figures unread, what they found out besides checked."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 300


def said_by(name: str, *options: str) -> str:
    program = [sys.executable, str(ROOT / "bench" / name), *options]
    done = subprocess.run(program, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def rows_of(said: str) -> dict[str, str]:
    """The first two columns of the table: what was asked, and how often."""
    cells = [line.split("|")[1:3] for line in said.splitlines() if line.startswith("| ")]
    return {request.strip(): number.strip() for request, number in cells[1:]}


@pytest.mark.slow
def test_a_small_history_is_written_and_asked_for() -> None:
    said = said_by("store.py", "--rows", "2000", "--requests", "2")

    rows = rows_of(said)
    assert said.startswith("2,000 submissions written")
    assert rows["GET /api/submissions?verdict&state&cursor"] == "12"
    assert rows["GET /api/problems"] == rows["POST /api/submissions/{id}/cancel"] == "2"


@pytest.mark.docker
@pytest.mark.slow
def test_a_small_crowd_is_judged_in_turn() -> None:
    said = said_by("load.py", "--clients", "2", "--submissions", "2", "--pile", "3")

    assert "- judged: 6," in said
    assert "- errors: 0 []" in said
    assert "- wrong verdicts: 0 []" in said
    assert "place after arrival, late: median" in said
