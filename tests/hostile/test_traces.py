"""After the nastiest programs nothing is left: no container, process, volume, file or memory."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from judge.bootstrap import LocalJudge
from judge.catalog import load_problem
from judge.engine.client import Engine
from judge.engine.container import INSTANCE_LABEL, ROLE_LABEL
from judge.judging.events import Event, TestEnded
from judge.model import Verdict
from tests.builders import SOURCE

pytestmark = pytest.mark.docker

HERE = Path(__file__).resolve().parent
NASTIEST = (
    "run_time_error/kills_everybody",
    "run_time_error/fills_tmp_with_empty_files",
    "run_time_error/starts_too_many_processes",
    "time_limit_exceeded/fork_bomb",
    "memory_limit_exceeded/fills_memory_in_many_children",
    "memory_limit_exceeded/fills_system_v_memory",
    "output_limit_exceeded/floods_from_threads",
    "accepted/leaves_a_lock_held_by_a_daemon",
)
MAX_GROWTH_KIB = 40 << 10


@dataclass
class Seen:
    """What was seen while the programs ran, and what there was before them."""

    volumes: set[str]
    resident_kib: int
    boxes: set[str] = field(default_factory=set)
    uids: set[int] = field(default_factory=set)
    after: Verdict | None = None


@pytest.fixture(scope="module")
def seen(judge: LocalJudge, engine: Engine) -> Seen:
    problem = load_problem(HERE / "package")
    judge.judge(problem, SOURCE)  # the grader and every import are there
    seen = Seen(volumes_of(engine), resident_kib())

    def look(event: Event) -> None:
        if isinstance(event, TestEnded):
            for box in containers(engine, judge, "box"):
                seen.boxes.add(box["Id"])
                seen.uids |= uids_in(engine, box["Id"])

    for name in NASTIEST:
        judge.judge(problem, (HERE / f"{name}.py").read_text(), look)
    seen.after = judge.judge(problem, SOURCE).verdict
    return seen


def test_every_program_had_a_box_and_a_uid_of_its_own(seen: Seen) -> None:
    assert len(seen.boxes) >= len(NASTIEST)
    assert len(seen.uids) >= len(NASTIEST) - 1  # two of them may have drawn the same


def test_an_honest_submission_is_accepted_afterwards(seen: Seen) -> None:
    assert seen.after is Verdict.AC


def test_no_container_is_left_but_the_grader(seen: Seen, judge: LocalJudge, engine: Engine) -> None:
    assert until(lambda: not containers(engine, judge, "box"))
    assert len(containers(engine, judge, "grader")) <= 1


def test_no_process_is_left(seen: Seen) -> None:
    assert until(lambda: not processes_of(seen.uids))
    assert until(lambda: not processes_in(seen.boxes))


def test_no_volume_is_left(seen: Seen, engine: Engine) -> None:
    assert volumes_of(engine) <= seen.volumes


def test_the_engine_keeps_no_folder_and_no_mount_of_a_box(seen: Seen, engine: Engine) -> None:
    root = Path(engine.info()["DockerRootDir"])
    mounts = Path("/proc/self/mounts").read_text(encoding="utf-8")

    assert not any(box in mounts for box in seen.boxes)
    if os.access(root / "containers", os.R_OK | os.X_OK):
        assert until(lambda: not seen.boxes & {p.name for p in (root / "containers").iterdir()})


def test_no_group_of_processes_is_left(seen: Seen) -> None:
    groups = {name for _, folders, _ in os.walk("/sys/fs/cgroup") for name in folders}

    assert not any(box in name for box in seen.boxes for name in groups)


def test_the_judge_has_not_grown(seen: Seen) -> None:
    assert resident_kib() - seen.resident_kib < MAX_GROWTH_KIB


def containers(engine: Engine, judge: LocalJudge, role: str) -> list[dict[str, Any]]:
    labels = [f"{INSTANCE_LABEL}={judge.instance}", f"{ROLE_LABEL}={role}"]
    return list(engine.api.containers(all=True, filters={"label": labels}))


def volumes_of(engine: Engine) -> set[str]:
    return {volume["Name"] for volume in engine.api.volumes()["Volumes"] or ()}


def uids_in(engine: Engine, box: str) -> set[int]:
    """Return the uid of user code in a box, which its warm interpreter was told."""
    rows = engine.api.top(box, ps_args="-eo pid,args")["Processes"]
    words = [row[-1].split() for row in rows]
    return {int(line[-1]) for line in words if line[-2:-1] == ["/opt/judge/box/warm.py"]}


def processes_of(uids: set[int]) -> list[str]:
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = status.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:  # it is gone
            continue
        [line] = [line for line in lines if line.startswith("Uid:")]
        if uids & {int(number) for number in line.split()[1:]}:
            found.append(status.parent.name)
    return found


def processes_in(boxes: set[str]) -> list[str]:
    found = []
    for cgroup in Path("/proc").glob("[0-9]*/cgroup"):
        try:
            text = cgroup.read_text(encoding="utf-8")
        except OSError:  # it is gone
            continue
        if any(box in text for box in boxes):
            found.append(cgroup.parent.name)
    return found


def resident_kib() -> int:
    """Return the resident memory of this process."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    [line] = [line for line in lines if line.startswith("VmRSS:")]
    return int(line.split()[1])


def until(happened: Callable[[], bool], seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(0.05)
    return happened()
