"""Labelled submissions: the folder promises a verdict, the header says why."""

from pathlib import Path

import pytest

from judge.catalog.labelled import VERDICT_FOLDERS
from judge.catalog.package import load_problem
from judge.errors import ProblemError
from judge.model import Verdict
from tests.builders import SOURCE, a_package

WRONG = """\
# fails: large, edge
# misconception: thinks that doubling is adding one

# an ordinary comment
def double(n):
    # fails: not a header any more
    return n + 1
"""


def test_every_verdict_but_ours_has_a_folder() -> None:
    assert set(VERDICT_FOLDERS.values()) == set(Verdict) - {Verdict.JE}


def test_the_folder_is_the_expectation_and_the_header_is_read(tmp_path: Path) -> None:
    files = {"submissions/wrong_answer/plus_one.py": WRONG}
    (one,) = load_problem(a_package(tmp_path, files=files)).submissions

    assert one.expected is Verdict.WA
    assert one.name == "wrong_answer/plus_one.py"
    assert one.source == WRONG
    assert one.fails == ("large", "edge")
    assert one.misconception == "thinks that doubling is adding one"


def test_accepted_ones_come_first_and_names_are_in_order(tmp_path: Path) -> None:
    names = [
        "accepted/a.py",
        "accepted/b.py",
        "wrong_answer/a.py",
        "time_limit_exceeded/a.py",
        "run_time_error/a.py",
        "compile_error/a.py",
    ]
    files = {f"submissions/{name}": SOURCE for name in reversed(names)}

    problem = load_problem(a_package(tmp_path, files=files))

    assert [one.name for one in problem.submissions] == names


def test_files_that_are_not_python_are_not_submissions(tmp_path: Path) -> None:
    files = {"submissions/README.md": "x", "submissions/accepted/notes.md": "y"}

    assert load_problem(a_package(tmp_path, files=files)).submissions == ()


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("submissions/wrong_anwser/a.py", "unknown verdict folder; did you mean wrong_answer"),
        ("submissions/zzz/a.py", "unknown verdict folder; use one of accepted, wrong_answer"),
        ("submissions/a.py", "a submission lies in submissions/<verdict folder>/"),
        ("submissions/accepted/more/a.py", "a submission lies in submissions/<verdict folder>/"),
    ],
)
def test_a_misplaced_submission_is_refused(tmp_path: Path, path: str, complaint: str) -> None:
    folder = a_package(tmp_path, files={path: SOURCE})

    with pytest.raises(ProblemError, match=complaint):
        load_problem(folder)


def test_a_file_nobody_could_submit_is_refused(tmp_path: Path) -> None:
    folder = a_package(tmp_path, files={"submissions/compile_error/a.py": " \n"})

    with pytest.raises(ProblemError, match=r"compile_error/a\.py: is empty; it can never be"):
        load_problem(folder)
