"""Packages kept collected in a grader: every submission meets them as if they were fresh."""

from pathlib import Path

import pytest
from docker.models.containers import Container

from judge.bootstrap import LocalJudge
from judge.catalog import load_problem
from judge.errors import ContainerLost, GraderFailed
from judge.grading import docker
from judge.judging.events import AttemptFailed, Event, TestsCollected
from judge.judging.trial import TOO_LONG
from judge.model import Verdict
from tests.builders import SOURCE, a_package, a_problem

pytestmark = pytest.mark.docker

REMEMBERS = """
seen = []

def test_is_run_for_the_first_time(solution):
    seen.append(solution.double(1))
    assert seen == [2]

def test_is_the_second(solution):
    seen.append(solution.double(2))
    assert seen == [2, 4]
"""
WRITES = """
import pathlib
import tempfile

def test_writes_into_a_folder_of_its_own(solution, tmp_path):
    (tmp_path / "a").write_text(str(solution.double(2)))
    pathlib.Path("here").write_text("b")
    with tempfile.TemporaryDirectory() as folder:
        assert pathlib.Path(folder).is_dir()

def test_reads_the_package(solution, data_dir):
    assert (data_dir / "numbers.txt").read_text() == "1 2"
"""
MAX_TEMPLATES = 8


def test_what_tests_remember_ends_with_the_submission(judge: LocalJudge, tmp_path: Path) -> None:
    problem = a_problem(tmp_path, files={"tests/test_hidden.py": REMEMBERS})

    verdicts = [judge.judge(problem, SOURCE).verdict for _ in range(3)]

    assert verdicts == [Verdict.AC] * 3


def test_tests_may_write_and_find_nothing_of_an_earlier_submission(
    judge: LocalJudge, tmp_path: Path
) -> None:
    files = {"tests/test_hidden.py": WRITES, "data/numbers.txt": "1 2"}
    problem = a_problem(tmp_path, files=files)

    judgements = [judge.judge(problem, SOURCE) for _ in range(3)]

    assert [one.verdict for one in judgements] == [Verdict.AC] * 3, judgements[0].tests


def test_an_edited_package_is_collected_anew(judge: LocalJudge, tmp_path: Path) -> None:
    folder = a_package(tmp_path)
    before = judge.judge(load_problem(folder), SOURCE)
    hidden = folder / "tests" / "test_hidden.py"
    hidden.write_text(hidden.read_text().replace("== 4", "== 5"))

    after = judge.judge(load_problem(folder), SOURCE)

    assert (before.verdict, after.verdict) == (Verdict.AC, Verdict.WA)


def test_more_packages_than_are_kept_take_turns(judge: LocalJudge, tmp_path: Path) -> None:
    problems = [a_problem(tmp_path, f"double-{number}") for number in range(MAX_TEMPLATES + 2)]

    for problem in [*problems, problems[0]] * 2:
        assert judge.judge(problem, SOURCE).verdict is Verdict.AC

    # PID 1, templates and a fork that waits in each, the reader of files, and `cat` itself.
    assert len(states(judge)) <= 1 + 2 * MAX_TEMPLATES + 2
    assert states(judge).count("Z") <= 1 + 1  # the reader, and a session that has just ended


def states(judge: LocalJudge) -> list[str]:
    """Return the state of every process of this judge's grader for the profile python."""
    said = the_grader(judge).exec_run(["sh", "-c", "cat /proc/[0-9]*/stat"]).output.decode()
    return [line.rpartition(")")[2].split()[0] for line in said.splitlines()]


def the_grader(judge: LocalJudge) -> Container:
    """Return the container of it."""
    label = f"judge.instance={judge._sandbox().instance}"
    labels = [label, "judge.role=grader", "judge.profile=python"]
    [grader] = judge.engine.containers.list(filters={"label": labels})
    return grader


def test_a_broken_package_is_told_every_time(judge: LocalJudge, tmp_path: Path) -> None:
    problem = a_problem(tmp_path, files={"tests/test_hidden.py": "import no_such_module\n"})

    judgements = [judge.judge(problem, SOURCE) for _ in range(2)]

    assert [one.verdict for one in judgements] == [Verdict.JE] * 2
    assert all("at fault" in (one.message or "") for one in judgements)


DIES = """
import os, signal

def test_dies(solution):
    assert solution.double(1) == 2
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_session_that_dies_is_no_lost_grader(judge: LocalJudge, tmp_path: Path) -> None:
    heard: list[Event] = []
    problem = a_problem(tmp_path, files={"tests/test_hidden.py": DIES})

    judgement = judge.judge(problem, SOURCE, heard.append)

    failures = [event.error for event in heard if isinstance(event, AttemptFailed)]
    assert judgement.verdict is Verdict.JE
    assert [isinstance(error, GraderFailed) for error in failures] == [True] * 3
    assert "broke in test_dies: its process ended" in str(failures[0])


def test_a_grader_that_dies_is_lost_and_another_judges(judge: LocalJudge, tmp_path: Path) -> None:
    problem = a_problem(tmp_path)
    heard: list[Event] = []

    def kill_once(event: Event) -> None:
        if isinstance(event, TestsCollected) and not any(
            isinstance(one, TestsCollected) for one in heard
        ):
            the_grader(judge).kill()
        heard.append(event)

    judgement = judge.judge(problem, SOURCE, kill_once)

    failures = [event.error for event in heard if isinstance(event, AttemptFailed)]
    assert judgement.verdict is Verdict.AC
    assert [type(error) for error in failures] == [ContainerLost]


def folders_of_sessions(judge: LocalJudge) -> list[str]:
    said = the_grader(judge).exec_run(["sh", "-c", "cd /tmp && ls"]).output.decode()
    assert "package-" in said
    return [name for name in said.split() if name.startswith("session-")]


HANGS = """
def test_writes_and_hangs(solution, tmp_path):
    (tmp_path / "large").write_bytes(b"x" * 2**20)
    found = solution.double(1)
    while found == 3:
        pass
"""


def test_a_session_that_hangs_leaves_nothing(
    judge: LocalJudge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docker, "THINKING_SECONDS", 1.5)
    problem = a_problem(tmp_path, files={"tests/test_hidden.py": HANGS})

    assert judge.judge(problem, "def double(n):\n    return 3 * n\n").verdict is Verdict.TLE
    assert judge.judge(problem, SOURCE).verdict is Verdict.AC

    assert folders_of_sessions(judge) == []


def test_nor_does_an_input_that_hangs(
    judge: LocalJudge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(docker, "THINKING_SECONDS", 1.5)
    reference = "def double(n):\n    while n < 0:\n        pass\n    return 2 * n\n"
    problem = a_problem(tmp_path, files={"submissions/accepted/a.py": reference})

    tried = judge.try_input(problem, SOURCE, [-1], None)
    assert tried.error == TOO_LONG
    assert judge.try_input(problem, SOURCE, [1], None).matches

    assert folders_of_sessions(judge) == []
