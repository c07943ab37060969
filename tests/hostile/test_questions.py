"""A submission whose questions keep the grader busy is stopped, though its clocks stand still."""

import time
from pathlib import Path

import pytest

from judge.bootstrap import LocalJudge
from judge.judging import attempt
from judge.judging.relay import Patience
from tests.builders import a_problem

pytestmark = pytest.mark.docker

# A question of 250,000 frozen sets, again and again; nothing is exposed that it could be about.
FLOOD = r"""
import os, struct

def double(n):
    number = 250_000
    question = b"\x81\xa2of\xdd" + struct.pack(">I", number) + b"\xc7\x01\x03\x90" * number
    frame = struct.pack(">BI", 5, len(question)) + question
    while True:
        left = memoryview(frame)
        while left:
            left = left[os.write(3, left):]
        _, size = struct.unpack(">BI", os.read(3, 5))
        while size:
            size -= len(os.read(3, size))
"""


def test_a_flood_of_questions_ends(
    judge: LocalJudge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempt, "Patience", lambda: Patience(seconds=3.0))
    problem = a_problem(tmp_path)
    started = time.monotonic()

    judgement = judge.judge(problem, FLOOD)

    assert judgement.verdict == "TLE", judgement.message
    assert "asked the test's objects for longer than it may" in str(judgement.message)
    assert time.monotonic() - started < 30
    assert judge.judge(problem, "def double(n): return 2 * n").verdict == "AC"
