"""`judge submit`: finding the problem, judging, telling."""

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from judge.model import Verdict
from tests.builders import SOURCE, a_counterexample, a_judgement, a_package, a_test
from tests.cli.conftest import Judge
from tests.fakes import FakeJudge

ESCAPES = "\x1b[31m[bold]\u202e"


def test_an_accepted_solution_is_shown_with_words(
    judge: Judge, fake: FakeJudge, solution: Path
) -> None:
    result = judge("submit", "--local", solution)

    assert result.code == 0
    assert fake.judged == [("double", SOURCE, False)]
    assert fake.opened[0][1] == ("python",)
    last = result.out.splitlines()[-1]
    assert last.startswith("double: AC accepted, 100 of 100 points, 0.02 s CPU, 12 MiB")
    assert "judging double on this machine" in result.err
    assert "hidden/01 AC accepted" in result.err


def test_an_attempt_that_failed_is_told(judge: Judge, fake: FakeJudge, solution: Path) -> None:
    fake.judgement = a_judgement(Verdict.JE, tests=(), message="the grader went silent")
    result = judge("submit", solution)

    assert result.code == 3
    assert "the judge failed in attempt 1: the grader went silent" in result.err
    assert "JE judge error" in result.out


@pytest.mark.parametrize("verdict", list(Verdict))
def test_the_exit_code_tells_the_verdict(
    judge: Judge, fake: FakeJudge, solution: Path, verdict: Verdict
) -> None:
    fake.judgement = a_judgement(verdict)

    code = judge("submit", solution).code

    assert code == (0 if verdict is Verdict.AC else 3 if verdict is Verdict.JE else 1)


def test_the_first_failure_and_the_counterexample_are_shown(
    judge: Judge, fake: FakeJudge, solution: Path
) -> None:
    tests = (
        a_test("test_two"),
        a_test("hidden/01", Verdict.WA, message="4 is not 5", stdout="debug"),
        a_test("hidden/02", None),
        a_test("large/01", Verdict.TLE, message="second"),
    )
    fake.judgement = a_judgement(
        Verdict.WA, tests=tests, counterexample=a_counterexample(), points=20
    )
    out = judge("submit", solution).out

    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "hidden/01 WA wrong answer 0.010 s" in lines
    assert "hidden/02 -- skipped" in lines
    assert "hidden/01: 4 is not 5 hidden/01 printed: debug" in " ".join(out.split())
    assert "input double(0) output 1 expected 0" in " ".join(out.split())
    assert "second" not in out
    assert "20 of 100 points" in lines[-1]


def test_one_long_line_makes_no_others_long(judge: Judge, fake: FakeJudge, solution: Path) -> None:
    printed = "x" * 9_000 + "\n" * 9_000 + "end"
    failed = a_test("hidden/01", Verdict.WA, message="no", stdout=printed)
    fake.judgement = a_judgement(Verdict.WA, tests=(failed,))

    out = judge("submit", solution).out

    assert "  " + "x" * 9_000 + "\n" * 9_000 + "  end\n" in out
    assert len(out) < 3 * len(printed)


def test_text_of_a_submission_cannot_steer_the_terminal(
    judge: Judge, fake: FakeJudge, solution: Path
) -> None:
    failed = a_test("hidden/01", Verdict.WA, message=ESCAPES + "text", stdout=ESCAPES)
    fake.judgement = a_judgement(Verdict.WA, tests=(failed,), message=ESCAPES)
    result = judge("submit", solution)

    assert "[bold]text" in result.out
    assert not {"\x1b", "\u202e"} & set(result.out + result.err)


def test_json_is_one_object_with_exactly_the_promised_keys(
    judge: Judge, fake: FakeJudge, solution: Path
) -> None:
    tests = (a_test("hidden/01", Verdict.WA, message="no"), a_test("hidden/02", None))
    fake.judgement = a_judgement(
        Verdict.WA, tests=tests, counterexample=a_counterexample(), message="in words"
    )
    result = judge("submit", "--json", solution)

    assert result.code == 1
    assert json.loads(result.out) == {
        "submission_id": None,
        "problem": "double",
        "verdict": "WA",
        "points": 0,
        "max_points": 100,
        "cpu_seconds": 0.02,
        "wall_seconds": 0.05,
        "peak_memory_mib": 12.0,
        "judging_seconds": 0.4,
        "image": "sha256:1234",
        "problem_version": "0" * 64,
        "runner_version": "1",
        "machine": "",
        "message": "in words",
        "phases": [],
        "tests": [
            {
                "name": "hidden/01",
                "group": "hidden",
                "sample": False,
                "state": "judged",
                "verdict": "WA",
                "cpu_seconds": 0.01,
                "memory_mib": 0.0,
                "stdout": None,
                "message": "no",
                "pitfall": None,
            },
            {
                "name": "hidden/02",
                "group": "hidden",
                "sample": False,
                "state": "skipped",
                "verdict": None,
                "cpu_seconds": 0.01,
                "memory_mib": 0.0,
                "stdout": None,
                "message": None,
                "pitfall": None,
            },
        ],
        "counterexample": {"input": "double(0)", "output": "1", "expected": "0", "minimal": True},
        "speed": None,
    }
    assert result.err == "in words\n"


def test_a_solution_may_come_from_standard_input(
    judge: Judge, fake: FakeJudge, bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(SOURCE.encode())))

    assert judge("submit", "--problem", "double", "-").code == 0
    assert fake.judged == [("double", SOURCE, False)]


@pytest.mark.parametrize(
    "place",
    ["double.py", "double/mine.py", "double/submissions/accepted/x.py"],
)
def test_the_problem_is_found_from_the_name(
    judge: Judge, fake: FakeJudge, bank: Path, place: str
) -> None:
    file = Path.cwd() / place
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(SOURCE)

    assert judge("submit", file).code == 0
    assert fake.judged[0][0] == "double"


def test_underscores_in_a_file_name_stand_for_hyphens(
    judge: Judge, fake: FakeJudge, bank: Path
) -> None:
    a_package(bank, "two-sum")
    Path("two_sum.py").write_text(SOURCE)

    assert judge("submit", "two_sum.py").code == 0
    assert fake.judged[0][0] == "two-sum"


def test_nothing_is_guessed(judge: Judge, fake: FakeJudge, bank: Path) -> None:
    Path("mine.py").write_text(SOURCE)
    result = judge("submit", "mine.py")

    assert result.code == 2
    assert "which problem is mine.py for? Give --problem SLUG" in result.err
    assert fake.opened == []


@pytest.mark.parametrize(
    ("note", "complaint"),
    [
        ("problem = ", "cannot be read"),
        ("x = 1", "does not name a problem"),
        ("problem = 'gone'", "unknown problem 'gone'"),
        ("problem = 'double'\npackage = '/nowhere'", "no such folder of problems"),
    ],
)
def test_a_broken_note_of_a_pulled_folder_is_named(
    judge: Judge, bank: Path, note: str, complaint: str
) -> None:
    Path(".judge.toml").write_text(note)
    Path("solution.py").write_text(SOURCE)
    result = judge("submit", "solution.py")

    assert result.code == 2
    assert complaint in result.err


def test_a_problem_of_another_folder_hides_its_namesake(
    judge: Judge, fake: FakeJudge, solution: Path, tmp_path: Path
) -> None:
    a_package(
        tmp_path / "private",
        files={"problem.toml": "title='T'\nentry='f'\nprofile='ml'\n"},
    )

    assert judge("submit", "--problems", tmp_path / "private", solution).code == 0
    assert fake.opened[0][1] == ("ml",)


@pytest.mark.parametrize(
    ("content", "complaint"), [(b"", "is empty"), (b"\0", "is binary"), (b"\xff", "is not UTF-8")]
)
def test_what_cannot_be_a_submission_is_refused(
    judge: Judge, fake: FakeJudge, bank: Path, content: bytes, complaint: str
) -> None:
    Path("double.py").write_bytes(content)
    result = judge("submit", "--json", "double.py")

    assert result.code == 2
    assert result.out == ""
    assert f"double.py: {complaint}" in result.err
    assert fake.opened == []


@pytest.mark.parametrize("slug", ["doubel", "/nowhere/double"])
def test_an_unknown_problem_is_2(judge: Judge, solution: Path, slug: str) -> None:
    result = judge("submit", "--problem", slug, solution)

    assert result.code == 2
    assert f"unknown problem '{slug}'" in result.err
