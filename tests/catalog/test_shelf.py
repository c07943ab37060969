"""Problems kept in memory: read again when they look different, and only then."""

import os
import shutil
import threading
from pathlib import Path

import pytest

from judge.catalog import Catalog, Shelf
from judge.errors import ProblemError, RequestError, UnknownProblem
from tests.builders import MANIFEST, SOURCE, a_package


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    a_package(tmp_path, "double")
    return Shelf(Catalog((tmp_path,)))


def test_a_package_is_read_once_while_it_looks_the_same(shelf: Shelf) -> None:
    assert shelf.get("double") is shelf.get("double")
    assert next(iter(shelf)) is shelf.get("double")


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("problem.toml", MANIFEST.replace("Double", "Twofold")),
        ("problem.toml", MANIFEST.replace("Double", "Elbuod")),  # of the same size
        ("statement.md", "# New\n"),
        ("submissions/accepted/a.py", SOURCE),
        ("tests/data/new.csv", "1,2\n"),
    ],
)
def test_an_edit_is_seen_by_the_next_who_asks(
    shelf: Shelf, tmp_path: Path, path: str, content: str
) -> None:
    before = shelf.get("double")
    file = tmp_path / "double" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content)

    assert shelf.get("double").version != before.version
    assert shelf.get("double") is shelf.get("double")


def test_a_file_that_is_taken_away_or_given_another_name_is_missed(
    shelf: Shelf, tmp_path: Path
) -> None:
    (tmp_path / "double" / "a.txt").write_text("x")
    first = shelf.get("double")
    (tmp_path / "double" / "a.txt").rename(tmp_path / "double" / "b.txt")
    second = shelf.get("double")
    (tmp_path / "double" / "b.txt").unlink()
    third = shelf.get("double")

    assert len({first.version, second.version, third.version}) == 3


def test_an_older_file_in_place_of_a_newer_one_is_seen(shelf: Shelf, tmp_path: Path) -> None:
    before = shelf.get("double")
    file = tmp_path / "double" / "problem.toml"
    facts = file.stat()
    file.write_text(MANIFEST.replace("Double", "Elbuod"))
    os.utime(file, ns=(facts.st_atime_ns, facts.st_mtime_ns - 10**9))

    assert shelf.get("double").title == "Elbuod"
    assert before.title == "Double"


def test_a_new_package_is_there_and_one_that_went_is_unknown(shelf: Shelf, tmp_path: Path) -> None:
    a_package(tmp_path, "triple")
    assert [one.slug for one in shelf] == ["double", "triple"]
    shutil.rmtree(tmp_path / "double")

    assert [one.slug for one in shelf] == ["triple"]
    with pytest.raises(UnknownProblem, match="did you mean triple"):
        shelf.get("tripel")
    with pytest.raises(UnknownProblem):
        shelf.get("double")


def test_a_malformed_package_is_an_error_for_who_asks_and_hides_only_itself(
    shelf: Shelf, tmp_path: Path
) -> None:
    a_package(tmp_path, "triple")
    shelf.get("double")
    (tmp_path / "double" / "problem.toml").write_text("title =")

    with pytest.raises(ProblemError, match=r"problem\.toml"):
        shelf.get("double")
    assert [one.slug for one in shelf.well_formed()] == ["triple"]
    (tmp_path / "double" / "problem.toml").write_text(MANIFEST)
    assert [one.slug for one in shelf.well_formed()] == ["double", "triple"]


def test_two_problems_of_one_name_are_nobodys_guess(shelf: Shelf, tmp_path: Path) -> None:
    a_package(tmp_path / "other", "double")
    both = Shelf(Catalog((tmp_path, tmp_path / "other")))

    with pytest.raises(ProblemError, match="two problems are called 'double'"):
        list(both.well_formed())
    with pytest.raises(RequestError, match="no such folder"):
        Shelf(Catalog((tmp_path / "nowhere",))).get("double")


def test_files_that_come_and_go_while_somebody_reads_are_no_mistake_of_ours(
    shelf: Shelf, tmp_path: Path
) -> None:
    stop = threading.Event()

    def edit() -> None:
        while not stop.is_set():
            for name in ("one.tmp", "two.tmp"):
                file = tmp_path / "double" / name
                file.write_text("x")
                file.unlink()

    editor = threading.Thread(target=edit)
    editor.start()
    try:
        for _ in range(300):
            try:
                assert shelf.get("double").slug == "double"
            except ProblemError as error:
                assert "cannot be read" in str(error)  # noqa: PT017 (it may, or may not, be raised)
    finally:
        stop.set()
        editor.join()
    assert shelf.get("double").slug == "double"


def test_many_threads_read_one_shelf(shelf: Shelf, tmp_path: Path) -> None:
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.extend(one.slug for one in shelf)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == ["double"] * 8
