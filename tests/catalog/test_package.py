"""Loading a package: what it holds, what it is called, and what is refused."""

import os
from pathlib import Path

import pytest

from judge.catalog import package
from judge.catalog.package import load_problem
from judge.errors import ProblemError
from tests.builders import HIDDEN, MANIFEST, SOURCE, a_package


def test_a_minimal_package_is_a_problem(tmp_path: Path) -> None:
    problem = load_problem(a_package(tmp_path))

    assert problem.slug == "double"
    assert problem.entry == ("double",)
    assert dict(problem.files) == {
        "problem.toml": MANIFEST.encode(),
        "tests/test_hidden.py": HIDDEN.encode(),
    }
    assert problem.statement is problem.starter is problem.prelude is problem.reference is None
    assert problem.submissions == ()
    assert not problem.has_samples


def test_the_parts_of_a_package_are_read(tmp_path: Path) -> None:
    parts = {
        "statement.md": "\ufeff# Double\n",
        "starter.py": "s",
        "prelude.py": "p",
        "tests/test_samples.py": "t",
        "submissions/accepted/b.py": "second = 1",
        "submissions/accepted/a.py": SOURCE,
        "data/x.bin": b"\x00\xff",
    }
    problem = load_problem(a_package(tmp_path, files=parts))

    assert problem.statement == "# Double\n"
    assert (problem.starter, problem.prelude, problem.samples) == ("s", "p", "t")
    assert problem.has_samples
    assert problem.reference == SOURCE
    assert problem.files["data/x.bin"] == b"\x00\xff"


def test_what_editors_and_interpreters_leave_behind_is_no_part_of_it(tmp_path: Path) -> None:
    clean = load_problem(a_package(tmp_path / "clean"))
    littered = a_package(
        tmp_path / "littered",
        files={"tests/__pycache__/a.pyc": b"x", ".git/x": "y", "tests/.swp": "z"},
    )

    assert load_problem(littered).version == clean.version


@pytest.mark.parametrize(
    "changed",
    [
        {"tests/test_hidden.py": HIDDEN + "\n"},
        {"data/x": ""},
        {"problem.toml": MANIFEST + "minutes = 5\n"},
    ],
)
def test_any_change_is_another_version(tmp_path: Path, changed: dict[str, str]) -> None:
    before = load_problem(a_package(tmp_path / "before")).version
    after = load_problem(a_package(tmp_path / "after", files=changed)).version

    assert before != after


def test_moving_a_byte_between_name_and_content_is_another_version(tmp_path: Path) -> None:
    one = load_problem(a_package(tmp_path / "one", files={"data/a": "bc"}))
    other = load_problem(a_package(tmp_path / "other", files={"data/ab": "c"}))

    assert one.version != other.version


@pytest.mark.parametrize("missing", ["problem.toml", "tests/test_hidden.py"])
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    folder = a_package(tmp_path, files={missing: None})

    with pytest.raises(ProblemError, match=rf"double/{missing}: is missing"):
        load_problem(folder)


def test_a_file_that_is_not_text_is_named(tmp_path: Path) -> None:
    folder = a_package(tmp_path, files={"statement.md": b"\xff"})

    with pytest.raises(ProblemError, match=r"statement\.md: is not UTF-8 text"):
        load_problem(folder)


@pytest.mark.parametrize("name", ["my problem", "-x", "a$b", "ü"])
def test_a_folder_that_cannot_be_a_name_is_refused(tmp_path: Path, name: str) -> None:
    folder = a_package(tmp_path, slug=name)

    with pytest.raises(ProblemError, match="cannot name a problem"):
        load_problem(folder)


@pytest.mark.parametrize("name", ["a", "Two_Sum", "1.5-x"])
def test_names_of_other_people_are_accepted(tmp_path: Path, name: str) -> None:
    assert load_problem(a_package(tmp_path, slug=name)).slug == name


@pytest.mark.parametrize("target", ["/etc/hostname", "/nowhere", "/etc"])
def test_a_symbolic_link_is_refused(tmp_path: Path, target: str) -> None:
    folder = a_package(tmp_path)
    (folder / "tests" / "link").symlink_to(target)

    with pytest.raises(ProblemError, match=r"tests/link: symbolic links are not allowed"):
        load_problem(folder)


def test_a_pipe_in_a_package_is_refused(tmp_path: Path) -> None:
    folder = a_package(tmp_path)
    os.mkfifo(folder / "pipe")

    with pytest.raises(ProblemError, match="pipe: is not a regular file"):
        load_problem(folder)


def test_a_file_may_not_be_huge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_FILE_BYTES", 1024**2)
    folder = a_package(tmp_path, files={"data/x": b"x" * (1024**2 + 1)})

    with pytest.raises(ProblemError, match="data/x: is larger than 1 MiB"):
        load_problem(folder)


def test_a_package_may_not_be_huge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PACKAGE_BYTES", 1024**2)
    half = b"x" * (1024**2 // 2)
    folder = a_package(tmp_path, files={"data/x": half, "data/y": half})

    with pytest.raises(ProblemError, match="a package may hold 1 MiB"):
        load_problem(folder)


def test_what_was_read_does_not_change_with_the_disk(tmp_path: Path) -> None:
    folder = a_package(tmp_path)
    problem = load_problem(folder)
    (folder / "tests" / "test_hidden.py").write_text("changed")

    assert problem.files["tests/test_hidden.py"] == HIDDEN.encode()
