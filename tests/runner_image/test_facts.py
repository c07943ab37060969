"""The kernel's counters as recorded on machines of every sort; what is missing is None."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.runner_image.parts import facts, meter

MIB = 1 << 20
STAT = """usage_usec 1234567
user_usec 1000000
system_usec 234567
nr_periods 120
nr_throttled 3
throttled_usec 90412
"""
EVENTS = "low 0\nhigh 0\nmax 31\noom 2\noom_kill 2\noom_group_kill 0\n"
V2 = {
    "cgroup.controllers": "cpuset cpu io memory hugetlb pids rdma misc\n",
    "cpu.stat": STAT,
    "memory.current": f"{40 * MIB}\n",
    "memory.peak": f"{90 * MIB}\n",
    "memory.events": EVENTS,
    "pids.current": "4\n",
}
V1 = {
    "cpuacct/cpuacct.usage": "1234567000\n",
    "memory/memory.usage_in_bytes": f"{40 * MIB}\n",
    "memory/memory.max_usage_in_bytes": f"{90 * MIB}\n",
    "memory/memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n",
    "pids/pids.current": "4\n",
}
# As a container sees the machine's own tree when it has no cgroup namespace of its own.
HOST_ROOT = {
    "cgroup.controllers": V2["cgroup.controllers"],
    "cpu.stat": STAT.replace("1234567", "987654321000"),
}
SCOPE = "system.slice/docker-4f.scope"


def without(files: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: text for name, text in files.items() if name not in names}


def recorded(root: Path, files: Mapping[str, str], membership: str = "0::/\n") -> Any:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "membership").write_text(membership)
    return facts.Cgroup(str(root), str(root / "membership"))


@pytest.mark.parametrize("files", [V1, V2], ids=["v1", "v2"])
def test_both_versions_say_the_same(tmp_path: Path, files: Mapping[str, str]) -> None:
    cgroup = recorded(tmp_path, files)

    assert cgroup.cpu_seconds() == pytest.approx(1.234567)
    assert cgroup.peak_memory_mib() == 90.0
    assert cgroup.oom_kills() == 2
    assert cgroup.tasks() == 4


@pytest.mark.parametrize(
    ("files", "now"),
    [
        (without(V2, "memory.peak"), "memory.current"),
        (without(V1, "memory/memory.max_usage_in_bytes"), "memory/memory.usage_in_bytes"),
    ],
    ids=["v2 before 5.19", "v1 of another kernel"],
)
def test_where_no_peak_is_kept_it_is_the_most_that_was_seen(
    tmp_path: Path, files: Mapping[str, str], now: str
) -> None:
    cgroup = recorded(tmp_path, files)
    assert cgroup.peak_memory_mib() == 40.0

    (tmp_path / now).write_text(f"{70 * MIB}\n")
    cgroup.cpu_seconds()
    (tmp_path / now).write_text(f"{41 * MIB}\n")

    assert cgroup.peak_memory_mib() == 70.0


@pytest.mark.parametrize("files", [{}, without(V2, *V2) | {"cgroup.controllers": ""}], ids=str)
def test_where_nothing_shows_nothing_is_known(tmp_path: Path, files: Mapping[str, str]) -> None:
    cgroup = recorded(tmp_path, files, "")

    assert cgroup.cpu_seconds() is None
    assert cgroup.peak_memory_mib() is None
    assert cgroup.tasks() is None
    assert cgroup.oom_kills() == 0


@pytest.mark.parametrize("text", ["", "\n", "max\n", "usage_usec\n", "usage_usec x\n", "oom_kill"])
@pytest.mark.parametrize("files", [V1, V2], ids=["v1", "v2"])
def test_a_file_without_a_number_is_as_if_it_were_missing(
    tmp_path: Path, files: Mapping[str, str], text: str
) -> None:
    cgroup = recorded(tmp_path, dict.fromkeys(files, text))

    assert cgroup.cpu_seconds() is None
    assert cgroup.peak_memory_mib() is None
    assert cgroup.tasks() is None
    assert cgroup.oom_kills() == 0


def test_a_kernel_that_does_not_count_kills_has_none(tmp_path: Path) -> None:
    before_4_13 = V1 | {"memory/memory.oom_control": "oom_kill_disable 0\nunder_oom 0\n"}

    assert recorded(tmp_path, before_4_13).oom_kills() == 0


def test_a_box_that_is_shown_the_whole_tree_finds_its_own_group(tmp_path: Path) -> None:
    own = {f"{SCOPE}/{name}": text for name, text in V2.items()}
    cgroup = recorded(tmp_path, HOST_ROOT | own, f"0::/{SCOPE}\n")

    assert cgroup.cpu_seconds() == pytest.approx(1.234567)
    assert cgroup.tasks() == 4


@pytest.mark.parametrize("membership", ["", "0::/\n", f"0::/{SCOPE}\n", "0::/..\n", "1:name=x:/\n"])
def test_a_group_of_its_own_is_the_root_whatever_it_is_called(
    tmp_path: Path, membership: str
) -> None:
    assert recorded(tmp_path, V2, membership).tasks() == 4


@pytest.mark.parametrize("files", [V1, V2], ids=["v1", "v2"])
def test_a_meter_sees_a_kill_for_want_of_memory(tmp_path: Path, files: Mapping[str, str]) -> None:
    nobody = 1 << 23
    cgroup = recorded(tmp_path, files)
    watching = meter.Meter(nobody, cgroup, nobody)
    assert not watching.out_of_memory()

    for name in ("memory.events", "memory/memory.oom_control"):
        if (tmp_path / name).exists():
            (tmp_path / name).write_text(files[name].replace("oom_kill 2", "oom_kill 3"))

    assert watching.out_of_memory()


def test_the_clocks_and_the_memory_of_a_process_that_is_gone_are_none() -> None:
    assert facts.process_cpu_seconds(1 << 23) is None
    assert facts.ProcessMemory(1 << 23).now_mib() is None
