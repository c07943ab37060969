"""Finding problems by name."""

from pathlib import Path

import pytest

from judge.catalog import Catalog
from judge.errors import ProblemError, RequestError, UnknownProblem
from tests.builders import MANIFEST, a_package


def test_packages_are_the_direct_children_of_a_root(tmp_path: Path) -> None:
    for slug in ("b", "a", ".hidden", "deep/below"):
        a_package(tmp_path, slug)
    (tmp_path / "notes").mkdir()
    (tmp_path / "README.md").write_text("x")

    assert Catalog([tmp_path]).slugs() == ["a", "b"]


def test_a_root_may_be_a_package_itself(tmp_path: Path) -> None:
    catalog = Catalog([a_package(tmp_path)])

    assert catalog.slugs() == ["double"]
    assert catalog.get("double").title == "Double"


def test_problems_are_iterated_by_name(tmp_path: Path) -> None:
    for slug in ("b", "a"):
        a_package(tmp_path, slug)

    assert [problem.slug for problem in Catalog([tmp_path])] == ["a", "b"]


def test_an_unknown_name_comes_with_near_ones(tmp_path: Path) -> None:
    a_package(tmp_path)

    with pytest.raises(UnknownProblem, match=r"unknown problem 'duoble'; did you mean double\?"):
        Catalog([tmp_path]).get("duoble")


@pytest.mark.parametrize("slug", ["..", "../double", "double/", "", "/etc"])
def test_a_name_is_never_a_path(tmp_path: Path, slug: str) -> None:
    a_package(tmp_path)

    with pytest.raises(UnknownProblem):
        Catalog([tmp_path]).get(slug)


def test_a_name_may_occur_once(tmp_path: Path) -> None:
    roots = [tmp_path / "one", tmp_path / "two"]
    for root in roots:
        a_package(root)

    with pytest.raises(ProblemError, match=r"called 'double': .*one/double and .*two/double"):
        Catalog(roots).slugs()


def test_the_same_folder_twice_is_not_a_clash(tmp_path: Path) -> None:
    folder = a_package(tmp_path)

    assert Catalog([tmp_path, tmp_path / ".", folder]).slugs() == ["double"]


def test_a_private_bank_replaces_what_comes_with_the_judge(tmp_path: Path) -> None:
    bundled, private = tmp_path / "bundled", tmp_path / "private"
    a_package(bundled)
    a_package(bundled, "other")
    a_package(private, files={"problem.toml": MANIFEST.replace("Double", "Mine")})

    catalog = Catalog([private], defaults=[bundled])

    assert catalog.slugs() == ["double", "other"]
    assert catalog.get("double").title == "Mine"


def test_an_edit_is_noticed(tmp_path: Path) -> None:
    folder = a_package(tmp_path)
    catalog = Catalog([tmp_path])
    before = catalog.get("double").version
    (folder / "statement.md").write_text("new")

    assert catalog.get("double").version != before


def test_a_root_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="nowhere: no such folder of problems"):
        Catalog([tmp_path / "nowhere"]).slugs()


def test_a_package_without_problem_toml_is_heard_of(tmp_path: Path) -> None:
    a_package(tmp_path, files={"problem.toml": None})

    with pytest.raises(ProblemError, match=r"double/problem\.toml: is missing"):
        Catalog([tmp_path]).get("double")
