"""Errors become one line and an exit code, in one place; starting costs little."""

import subprocess
import sys
from pathlib import Path

import pytest

from judge.cli.app import exit_code
from judge.errors import (
    EngineUnavailable,
    GraderFailed,
    ImageMissing,
    InfrastructureError,
    JudgeError,
    NoSpaceLeft,
    ProblemError,
    RequestError,
    SourceRefused,
    UnknownProblem,
)
from tests.cli.conftest import Judge
from tests.fakes import FakeJudge

HEAVY = ("docker", "hypothesis", "msgpack", "numpy", "pydantic", "pytest", "requests")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (RequestError("x"), 2),
        (UnknownProblem("x"), 2),
        (SourceRefused("x"), 2),
        (ImageMissing("ml"), 2),
        (ProblemError("x"), 2),
        (EngineUnavailable("x"), 2),
        (NoSpaceLeft("x"), 3),
        (GraderFailed("x"), 3),
        (InfrastructureError("x"), 3),
    ],
)
def test_each_error_has_its_exit_code(
    judge: Judge, fake: FakeJudge, solution: Path, error: JudgeError, code: int
) -> None:
    fake.fault = error
    result = judge("submit", solution)

    assert exit_code(error) == code
    assert result.code == code
    assert result.out == ""
    assert f"error: {error}\n" in result.err
    assert "Traceback" not in result.err
    assert fake.closed == 1


def test_debug_shows_where_an_error_came_from(
    judge: Judge, fake: FakeJudge, solution: Path
) -> None:
    fake.fault = RequestError("x")
    result = judge("--debug", "submit", solution)

    assert result.code == 2
    assert "Traceback" in result.err
    assert result.err.endswith("error: x\n")


def test_an_interrupt_is_130(judge: Judge, fake: FakeJudge, solution: Path) -> None:
    fake.fault = KeyboardInterrupt()

    assert judge("submit", solution).code == 130
    assert fake.closed == 1


@pytest.mark.parametrize("arguments", [["nonsense"], ["submit"], ["submit", "--nonsense", "x"]])
def test_a_usage_error_is_2(judge: Judge, arguments: list[str]) -> None:
    result = judge(*arguments)

    assert result.code == 2
    assert result.out == ""


def test_an_error_cannot_steer_the_terminal(judge: Judge, bank: Path) -> None:
    result = judge("show", "\x1b[31mred")

    assert result.code == 2
    assert "unknown problem 'red'" in result.err


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--help"], set()),
        (["submit", "--help"], {"pydantic"}),  # typer reads the options of a command with it
        (["problem", "check", "--help"], {"pydantic"}),
    ],
)
def test_help_imports_nothing_heavy(arguments: list[str], allowed: set[str]) -> None:
    code = (
        "import sys\nfrom judge.cli.app import execute\nfrom judge.cli.parts import Parts\n"
        f"code = execute({arguments!r}, Parts())\n"
        f"loaded = {set(HEAVY) - allowed!r} & set(sys.modules)\n"
        "sys.exit(f'imported {loaded}' if loaded or code else 0)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
