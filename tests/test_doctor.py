from collections.abc import Mapping
from pathlib import Path

import pytest

from judge.doctor import Check, Condition, checks, clock, engine_checks
from judge.errors import EngineUnavailable
from judge.settings import Settings

HEALTHY = {
    "ServerVersion": "20.10.24+dfsg1",
    "CgroupVersion": "2",
    "MemoryLimit": True,
    "SwapLimit": True,
    "PidsLimit": True,
    "CpuCfsQuota": True,
    "SecurityOptions": ["name=seccomp,profile=default", "name=cgroupns"],
    "Runtimes": {"runc": {}, "runsc": {}, "crun": {}},
    "DefaultRuntime": "runc",
    "NCPU": 2,
    "DockerRootDir": "/nowhere/docker",
}


def settings(tmp_path: Path, **changed) -> Settings:
    return Settings(**{"data_dir": tmp_path, "problem_dirs": (), **changed})


def found(info: Mapping[str, object], **changed) -> dict[str, Check]:
    return {
        check.name: check for check in engine_checks(info, settings(Path("/nowhere"), **changed))
    }


def test_a_healthy_engine_has_nothing_to_complain_about():
    assert {check.ok for check in found(HEALTHY).values()} == {Condition.OK}


@pytest.mark.parametrize(
    ("change", "name", "condition", "text"),
    [
        ({"ServerVersion": "20.10.9"}, "engine", "missing", "20.10.9"),
        ({"ServerVersion": "29.0.1-rc.1"}, "engine", "ok", "29.0.1"),
        ({"MemoryLimit": False}, "limits", "missing", "without limits for memory"),
        ({"PidsLimit": False}, "limits", "missing", "process count"),
        ({"CpuCfsQuota": False}, "limits", "missing", "CPU"),
        ({"SwapLimit": False}, "limits", "warning", "swap cannot"),
        ({"SecurityOptions": []}, "seccomp", "missing", "cannot filter"),
        ({"SecurityOptions": None}, "seccomp", "missing", "cannot filter"),
        ({"NCPU": 1}, "cores", "warning", "1"),
    ],
)
def test_what_an_engine_lacks_is_said(change, name, condition, text):
    check = found({**HEALTHY, **change})[name]

    assert check.ok == condition
    assert text in check.finding


@pytest.mark.parametrize(
    ("runtime", "condition"), [("crun", "ok"), ("runsc", "warning"), ("kata", "missing")]
)
def test_a_runtime_asked_for_must_be_known_to_the_engine(runtime, condition):
    check = found(HEALTHY, runtime=runtime)["runtime"]

    assert check.ok == condition
    assert runtime in check.finding


def test_without_an_engine_the_rest_is_still_looked_at(tmp_path):
    def nobody():
        raise EngineUnavailable("no container engine answers at x; `make engine` starts one")

    results = {check.name: check for check in checks(settings(tmp_path), nobody)}

    assert results["engine"].finding == "no container engine answers at x"
    assert results["engine"].cure == "`make engine` starts one"
    assert results["data directory"].ok is Condition.OK
    assert results["problems"].ok is Condition.MISSING


def test_every_complaint_has_a_cost_and_a_cure(tmp_path):
    poor = {**HEALTHY, "ServerVersion": "19.3", "MemoryLimit": 0, "SecurityOptions": [], "NCPU": 1}

    complaints = [check for check in found(poor, runtime="kata").values() if check.ok != "ok"]

    assert len(complaints) == 5
    assert all(check.cost and check.cure for check in complaints)


def test_only_what_is_missing_is_false():
    assert [bool(condition) for condition in Condition] == [True, True, False]


@pytest.mark.parametrize(("source", "condition"), [("tsc", "ok"), ("hpet", "warning")])
def test_a_slow_clock_is_a_warning(tmp_path, source, condition):
    (tmp_path / "current").write_text(f"{source}\n")

    check = clock(tmp_path / "current")

    assert check.ok == condition
    assert source in check.finding


def test_a_data_directory_that_cannot_be_made_is_missing(tmp_path):
    (tmp_path / "file").write_text("")

    results = {
        check.name: check for check in checks(settings(tmp_path / "file" / "judge"), _nobody)
    }

    assert results["data directory"].ok is Condition.MISSING


def test_problem_packages_are_counted_per_folder(tmp_path):
    for slug in ("one", "two"):
        (tmp_path / slug).mkdir()
        (tmp_path / slug / "problem.toml").write_text("")

    roots = (tmp_path, tmp_path / "one")
    results = {
        check.name: check for check in checks(settings(tmp_path, problem_dirs=roots), _nobody)
    }

    assert results["problems"].finding == f"2 in {tmp_path}, 1 in {tmp_path / 'one'}"


@pytest.mark.docker
def test_the_engine_here_is_good_enough():
    results = {check.name: check for check in checks(Settings.from_environment())}

    names = ("engine", "limits", "seccomp", "runtime", "data directory")
    assert all(results[name].ok for name in names)


def _nobody():
    raise EngineUnavailable("none; x")
