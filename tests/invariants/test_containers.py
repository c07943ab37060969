"""One submission, one box, used once, with every restriction; nothing of it is left."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from judge.bootstrap import LocalJudge, local_judge
from judge.engine.client import Engine
from judge.engine.container import (
    INSTANCE_LABEL,
    ROLE_LABEL,
    ContainerSpec,
    _create,
    _remove,
)
from judge.judging.events import Event, TestEnded
from judge.model import Verdict
from judge.settings import Settings
from tests.builders import a_problem
from tests.invariants.package import FILES, OWN_SOURCE

pytestmark = pytest.mark.docker


def containers(engine: Engine, instance: str, role: str) -> list[dict[str, Any]]:
    labels = [f"{INSTANCE_LABEL}={instance}", f"{ROLE_LABEL}={role}"]
    found = engine.api.containers(all=True, filters={"label": labels})
    return [engine.api.inspect_container(one["Id"]) for one in found]


@pytest.fixture(scope="module")
def inspected(
    judge: LocalJudge, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[dict[str, Any]]]:
    """What the engine tells of box and grader while a submission is judged, and of boxes after."""
    seen: dict[str, list[dict[str, Any]]] = {}

    def look(event: Event) -> None:
        if isinstance(event, TestEnded) and not seen:
            seen["box"] = containers(engine, judge.instance, "box")
            seen["grader"] = containers(engine, judge.instance, "grader")

    problem = a_problem(tmp_path_factory.mktemp("inspected"), files=FILES)
    assert judge.judge(problem, OWN_SOURCE, look).verdict is Verdict.AC
    seen["after"] = containers(engine, judge.instance, "box")
    return seen


@pytest.fixture(params=["box", "grader"])
def container(request: pytest.FixtureRequest, inspected: dict[str, Any]) -> dict[str, Any]:
    [found] = inspected[request.param]
    return dict(found)


def test_a_box_has_no_network(container: dict[str, Any]) -> None:
    assert container["HostConfig"]["NetworkMode"] == "none"
    assert list(container["NetworkSettings"]["Networks"]) in ([], ["none"])


def test_a_box_can_write_to_capped_memory_only(container: dict[str, Any]) -> None:
    host = container["HostConfig"]
    [tmp] = host["Tmpfs"].items()

    assert host["ReadonlyRootfs"] is True
    assert tmp[0] == "/tmp"  # noqa: S108 (inside the container)
    assert {"nosuid", "nodev"} <= set(tmp[1].split(","))
    assert "size=" in tmp[1]
    assert 0 < host["ShmSize"] <= 256 << 20


def test_a_box_has_nothing_of_the_host(container: dict[str, Any]) -> None:
    host = container["HostConfig"]

    [door] = container["Mounts"]  # see judge.engine.door; what it was is deleted by now
    assert (door["Destination"], door["RW"]) == ("/opt/judge/door", False)
    assert not Path(door["Source"]).exists()
    assert not host["Binds"]
    assert not host["VolumesFrom"]
    assert not host["Devices"]
    assert host["PidMode"] == ""
    assert host["IpcMode"] == "private"
    assert host["UTSMode"] == ""
    assert "docker.sock" not in json.dumps(container)


def test_a_box_has_three_capabilities_and_gets_no_more(container: dict[str, Any]) -> None:
    host = container["HostConfig"]
    options = {option.partition("=")[0] for option in host["SecurityOpt"]}

    assert host["Privileged"] is False
    assert host["CapDrop"] == ["ALL"]
    assert {name.removeprefix("CAP_") for name in host["CapAdd"]} == {"SETUID", "SETGID", "KILL"}
    assert options == {"no-new-privileges", "seccomp"}


def test_a_box_runs_under_our_system_call_filter(container: dict[str, Any]) -> None:
    [text] = [o for o in container["HostConfig"]["SecurityOpt"] if o.startswith("seccomp=")]
    profile = json.loads(text.removeprefix("seccomp="))
    allowed = {
        name
        for rule in profile["syscalls"]
        if rule["action"] == "SCMP_ACT_ALLOW"
        for name in rule["names"]
    }

    assert profile["defaultAction"] == "SCMP_ACT_ERRNO"
    assert not allowed & {
        "io_uring_setup", "io_uring_enter", "io_uring_register", "ptrace", "process_vm_readv",
        "process_vm_writev", "keyctl", "add_key", "request_key", "bpf", "mount", "unshare",
        "setns", "clone3", "userfaultfd", "perf_event_open", "kexec_load", "init_module",
    }  # fmt: skip


def test_a_box_is_capped_in_processes_memory_and_cpu(container: dict[str, Any]) -> None:
    host = container["HostConfig"]

    assert 0 < host["PidsLimit"] <= 256
    assert 0 < host["Memory"] == host["MemorySwap"]
    assert host["NanoCpus"] == 1_000_000_000


def test_a_box_leaves_no_log_and_removes_itself(container: dict[str, Any]) -> None:
    host = container["HostConfig"]

    assert host["LogConfig"]["Type"] == "none"
    assert host["AutoRemove"] is True
    assert host["RestartPolicy"]["Name"] in {"", "no"}
    assert container["Config"]["StdinOnce"] is True


def test_no_box_is_left_after_a_judgement(inspected: dict[str, Any]) -> None:
    assert len(inspected["box"]) == 1
    assert inspected["after"] == []


def test_no_container_outlives_a_killed_judge(engine: Engine, tmp_path: Path) -> None:
    problem = a_problem(tmp_path / "problems")
    slow = tmp_path / "slow.py"
    slow.write_text("import time\ndef double(n):\n    time.sleep(11)\n    return 2 * n\n")
    command = ["-m", "judge", "submit", "--local", "--problems", str(problem.folder.parent)]
    process = subprocess.Popen(
        [sys.executable, *command, "--problem", "double", str(slow)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def left(state: str | None = None) -> list[str]:
        labels = {"label": INSTANCE_LABEL} | ({} if state is None else {"status": state})
        found = engine.api.containers(all=True, filters=labels)
        prefix = f"{process.pid}-"
        return [c["Id"] for c in found if c["Labels"][INSTANCE_LABEL].startswith(prefix)]

    try:
        assert until(lambda: len(left("running")) == 2, seconds=20)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    assert until(lambda: left() == [], seconds=5)


def test_what_a_dead_judge_only_created_is_removed_by_the_next(
    engine: Engine, judge: LocalJudge, judge_settings: Settings
) -> None:
    spec = ContainerSpec("box", "python", judge.image("python").digest, ("true",), 64, 16)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    created = _create(engine, spec, f"{ended.pid}-{'0' * 8}", None)
    try:
        with local_judge(judge_settings):
            pass

        left = engine.api.containers(all=True, filters={"label": INSTANCE_LABEL})
        assert created not in {container["Id"] for container in left}
    finally:
        _remove(engine, created)


def until(happened: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(0.05)
    return False
