"""mutants.toml: explanations for authors, read as strictly as everything else."""

from pathlib import Path

import pytest

from judge.catalog import Explained, load_problem
from judge.errors import ProblemError
from tests.builders import a_package


def explained(root: Path, text: str) -> tuple[Explained, ...]:
    return load_problem(a_package(root, files={"mutants.toml": text})).explained


def test_an_entry_is_about_a_change_or_a_whole_line(tmp_path: Path) -> None:
    text = """
        [[explained]]
        before = "if a < b:"
        after = "if a <= b:"
        why = "equal keys were handled above"

        [[explained]]
        before = "cache[n] = answer"
        why = "only saves time"
    """
    assert explained(tmp_path, text) == (
        Explained("if a < b:", "if a <= b:", "equal keys were handled above"),
        Explained("cache[n] = answer", None, "only saves time"),
    )


def test_most_packages_have_none(tmp_path: Path) -> None:
    assert load_problem(a_package(tmp_path)).explained == ()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[explained]]\nbefore = 'x'\n", r"mutants\.toml: explained\[0\]\.why: is missing"),
        ("[[explained]]\nbefore = 'x'\nwhy = ''\n", r"explained\[0\]\.why: string should have"),
        (
            "[[explained]]\nbefor = 'x'\nbefore = 'x'\nwhy = 'y'\n",
            r"explained\[0\]\.befor: unknown key; did you mean before\?",
        ),
        ("[[explain]]\n", "explain: unknown key; did you mean explained?"),
        ("explained = 3\n", "explained: should be a valid list"),
        ("[[explained]\n", r"mutants\.toml: not valid TOML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(ProblemError, match=complaint):
        explained(tmp_path, text)


def test_text_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    folder = a_package(tmp_path, files={"mutants.toml": b"\xff"})

    with pytest.raises(ProblemError, match=r"mutants\.toml: is not UTF-8"):
        load_problem(folder)
