"""`judge run`: samples, or one's own input beside the reference's answer."""

from dataclasses import replace
from pathlib import Path

import pytest

from judge.model import Trial, Verdict
from tests.builders import MANIFEST, SOURCE, a_judgement, a_package, a_test
from tests.cli.conftest import Judge
from tests.fakes import FakeJudge

TRIAL = Trial(
    output="18",
    expected="18",
    matches=True,
    error=None,
    stdout="",
    cpu_seconds=0.003,
    refused=None,
)
PROGRAM = {"problem.toml": 'title = "T"\nkind = "program"\n'}


def test_passing_samples_do_not_claim_more(judge: Judge, fake: FakeJudge, solution: Path) -> None:
    fake.judgement = a_judgement(tests=tuple(a_test(f"test_{n}") for n in range(5)))
    result = judge("run", solution)

    assert result.code == 0
    assert fake.judged == [("double", SOURCE, True)]
    assert result.out.splitlines()[-1] == "5 of 5 sample tests; hidden tests run on submit"
    assert "accepted, 100" not in result.out


def test_every_failing_sample_is_explained(judge: Judge, fake: FakeJudge, solution: Path) -> None:
    tests = (
        a_test("test_a", Verdict.WA, message="first", stdout="seen"),
        a_test("test_b"),
        a_test("test_c", Verdict.RE, message="second"),
    )
    fake.judgement = a_judgement(Verdict.WA, tests=tests)
    result = judge("run", solution)

    assert result.code == 1
    for word in ("first", "seen", "second", "1 of 3 sample tests"):
        assert word in result.out


def test_a_compile_error_is_explained(judge: Judge, fake: FakeJudge, solution: Path) -> None:
    fake.judgement = a_judgement(Verdict.CE, tests=(), message="line 3: invalid syntax")
    result = judge("run", solution)

    assert result.code == 1
    assert "line 3: invalid syntax" in result.out


@pytest.mark.parametrize(
    ("changed", "code", "words"),
    [
        ({}, 0, "output 18 expected 18 as expected, 0.003 s CPU"),
        ({"expected": "17", "matches": False}, 1, "output 18 expected 17 not as expected"),
        ({"expected": None, "matches": None}, 0, "output 18 no reference to compare with"),
        ({"error": "ValueError: no", "matches": None}, 1, "ValueError: no expected 18 no output"),
        ({"stdout": "seen\n"}, 0, "printed: seen"),
        ({"output": "\x1b[31mred"}, 0, "output red"),
    ],
)
def test_an_own_input_is_shown_beside_the_reference(
    judge: Judge,
    fake: FakeJudge,
    solution: Path,
    changed: dict[str, object],
    code: int,
    words: str,
) -> None:
    fake.trial = replace(TRIAL, **changed)
    result = judge("run", solution, "--args", "[9]")

    assert result.code == code
    assert fake.tried == [([9], None)]
    assert words in " ".join(result.out.split())


def test_an_input_the_problem_does_not_allow_is_2(
    judge: Judge, fake: FakeJudge, solution: Path
) -> None:
    fake.trial = replace(TRIAL, refused="n must not be negative")
    result = judge("run", solution, "--args", "[-1]")

    assert result.code == 2
    assert "does not allow this input: n must not be negative" in result.err


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("[[2, 7 9]]", "column 8\n  [[2, 7 9]]\n         ^\n"),
        ("[1,\n 2", "--args is not JSON"),
        ("", "column 1\n  \n  ^"),
        ("7", "must be a list of all arguments: write '[7]'"),
        ("[" * 100_000, "cannot be read"),
        ("[" + "1" * 5000 + "]", "cannot be read"),
    ],
)
def test_arguments_that_are_no_json_list_are_2(
    judge: Judge, fake: FakeJudge, solution: Path, written: str, complaint: str
) -> None:
    result = judge("run", solution, "--args", written)

    assert result.code == 2
    assert complaint in result.err
    assert fake.opened == []


def test_a_program_gets_an_input_file(judge: Judge, fake: FakeJudge, bank: Path) -> None:
    a_package(bank, "prog", files=PROGRAM)
    Path("prog.py").write_text(SOURCE)
    Path("in.txt").write_text("3\n")
    fake.trial = TRIAL

    assert judge("run", "prog.py", "--stdin", "in.txt").code == 0
    assert fake.tried == [(None, "3\n")]


@pytest.mark.parametrize(
    ("manifest", "arguments", "complaint"),
    [
        (PROGRAM["problem.toml"], (), "'p' has no sample tests; give an input with --stdin FILE"),
        (MANIFEST, (), "'p' has no sample tests; give an input with --args"),
        (MANIFEST, ("--stdin", "p.py"), "'p' reads no input: give arguments with --args"),
        ("title='T'\nentry='class A'\n", ("--args", "[]"), "asks for something else (class)"),
        (PROGRAM["problem.toml"], ("--stdin", "gone"), "gone: cannot be read as text"),
    ],
)
def test_an_input_that_does_not_fit_the_problem_is_2(
    judge: Judge,
    fake: FakeJudge,
    bank: Path,
    manifest: str,
    arguments: tuple[str, ...],
    complaint: str,
) -> None:
    a_package(bank, "p", files={"problem.toml": manifest})
    Path("p.py").write_text(SOURCE)
    result = judge("run", "p.py", *arguments)

    assert result.code == 2
    assert complaint in " ".join(result.err.split())
    assert fake.opened == []
