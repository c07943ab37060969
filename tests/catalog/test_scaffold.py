"""A package that was written to begin with is whole: it loads, and its own check is content."""

from pathlib import Path

import pytest

from judge.bootstrap import LocalJudge
from judge.catalog import Kind, load_problem, write_package
from judge.errors import RequestError
from judge.judging.check import check_problem
from judge.model import Verdict


@pytest.mark.parametrize("kind", Kind)
def test_a_new_package_can_be_read(tmp_path: Path, kind: Kind) -> None:
    names = write_package(tmp_path / "my-first-problem", kind)
    problem = load_problem(tmp_path / "my-first-problem")

    assert set(names) == set(problem.files)
    assert (problem.kind, problem.title) == (kind, "My First Problem")
    assert {one.expected for one in problem.submissions} >= {Verdict.AC, Verdict.WA}
    assert all(one.fails for one in problem.submissions if one.expected is not Verdict.AC)
    assert "{" not in problem.files["problem.toml"].decode()


def test_two_new_packages_are_two_problems(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_package(tmp_path / name, Kind.CLASS)
    manifests = {(tmp_path / name / "problem.toml").read_text() for name in ("one", "two")}

    assert len({text.splitlines()[1] for text in manifests}) == 2


@pytest.mark.parametrize("name", ["", "Upper", "two--hyphens", "-x", "a_b", "a.b", "ä"])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(RequestError, match="cannot name a problem"):
        write_package(tmp_path / "My Problems" / name, Kind.FUNCTION)


def test_what_is_there_already_is_kept(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(RequestError, match="is there already"):
        write_package(tmp_path / "taken", Kind.FUNCTION)

    assert list((tmp_path / "taken").iterdir()) == []


@pytest.mark.docker
@pytest.mark.parametrize("kind", Kind)
def test_a_new_package_passes_its_own_check(judge: LocalJudge, tmp_path: Path, kind: Kind) -> None:
    write_package(tmp_path / "fresh", kind)

    report = check_problem(judge, load_problem(tmp_path / "fresh"))

    assert report.ok, [(one.labelled.name, one.failures) for one in report.results]
