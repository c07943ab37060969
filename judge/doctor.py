"""What this machine needs for judging: what is there, what its absence costs, and the cure."""

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from judge.engine.client import Engine
from judge.errors import EngineUnavailable, JudgeError
from judge.images import PROFILES, engine_client, engine_errors, find_image
from judge.settings import Settings

_CLOCK_SOURCE = Path("/sys/devices/system/clocksource/clocksource0/current_clocksource")
_QUICK_CLOCKS = {"tsc", "arch_sys_counter", "kvm-clock", "hyperv_clocksource_tsc_page"}
_OLDEST_ENGINE = (20, 10, 10)  # the first whose seccomp lets a current libc make threads
_GIB = 2**30
_NO_JUDGING = "nothing can be judged"


class Condition(StrEnum):
    """How a check ended; false only when something is missing."""

    OK = "ok"
    WARNING = "warning"  # judging works, something about it is worse
    MISSING = "missing"  # judging does not work, or not safely

    def __bool__(self) -> bool:
        return self is not Condition.MISSING


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; cost and cure are there when it is not ok."""

    name: str
    ok: Condition
    finding: str
    cost: str | None = None
    cure: str | None = None


Connect = Callable[[], Engine]


def checks(settings: Settings, connect: Connect = engine_client) -> Iterator[Check]:
    """Look at everything, the most important things first."""
    try:
        engine = connect()
        with engine_errors():
            info = engine.info()
    except EngineUnavailable as error:
        finding, _, cure = str(error).partition("; ")
        yield Check("engine", Condition.MISSING, finding, _NO_JUDGING, cure)
    else:
        yield from engine_checks(info, settings)
        for profile in PROFILES:
            yield _image(engine, profile)
    yield _disk("data directory's disk", settings.data_dir)
    yield _memory()
    yield clock(_CLOCK_SOURCE)
    yield _data_directory(settings.data_dir)
    yield _problems(settings.problem_dirs)


def engine_checks(info: Mapping[str, Any], settings: Settings) -> Iterator[Check]:
    """Look at what the engine says about itself."""
    yield _version(str(info["ServerVersion"]))
    yield _limits(info)
    yield _seccomp([str(option) for option in info.get("SecurityOptions") or ()])
    yield _runtime(info, settings.runtime)
    yield _cores(int(info["NCPU"]))
    root = Path(str(info["DockerRootDir"]))
    if root.exists() and os.environ.get("DOCKER_HOST", "unix:").startswith("unix:"):
        yield _disk("engine's disk", root)


def _version(version: str) -> Check:
    numbers = tuple(int(part) for part in re.findall(r"\d+", version)[:3])
    if numbers >= _OLDEST_ENGINE:
        return Check("engine", Condition.OK, f"answers, version {version}")
    return Check(
        "engine",
        Condition.MISSING,
        f"version {version}, older than {'.'.join(map(str, _OLDEST_ENGINE))}",
        "programs in a box cannot start threads, so numpy does not import",
        "upgrade Docker Engine; on Debian and Ubuntu `sudo apt-get install docker.io`",
    )


def _limits(info: Mapping[str, Any]) -> Check:
    kind = f"cgroup v{info.get('CgroupVersion', '1')}"
    needed = {"memory": "MemoryLimit", "process count": "PidsLimit", "CPU": "CpuCfsQuota"}
    absent = [name for name, key in needed.items() if not info.get(key)]
    if absent:
        return Check(
            "limits",
            Condition.MISSING,
            f"{kind}, without limits for {', '.join(absent)}",
            "a submission can use up this machine",
            "enable these cgroup controllers; a rootless engine needs systemd to delegate them",
        )
    if not info.get("SwapLimit"):
        return Check(
            "limits",
            Condition.WARNING,
            f"{kind}, memory, processes and CPU can be limited, swap cannot",
            "a submission over its memory limit swaps and gets TLE instead of MLE",
            "turn swap off, or boot with the kernel parameter swapaccount=1",
        )
    return Check("limits", Condition.OK, f"{kind}, memory, swap, processes and CPU can be limited")


def _seccomp(options: list[str]) -> Check:
    if any(option.startswith("name=seccomp") for option in options):
        return Check("seccomp", Condition.OK, "system calls can be filtered")
    return Check(
        "seccomp",
        Condition.MISSING,
        "the engine cannot filter system calls",
        "a submission reaches kernel interfaces it has no use for",
        "use a kernel with CONFIG_SECCOMP_FILTER and an engine built with seccomp",
    )


def _runtime(info: Mapping[str, Any], wanted: str | None) -> Check:
    known = sorted(info.get("Runtimes") or ())
    if wanted is None:
        return Check("runtime", Condition.OK, f"{info.get('DefaultRuntime')}, the engine's default")
    if wanted in known and wanted.startswith("runsc"):
        return Check(
            "runtime",
            Condition.WARNING,
            f"{wanted}, from JUDGE_RUNTIME",
            "gVisor shows no cgroup: memory is limited for each process by its address space, no "
            "peak is told, and CPU is counted in steps of 10 ms; submissions take several times "
            "as long",
            "nothing to mend; unset JUDGE_RUNTIME where a shared kernel is good enough",
        )
    if wanted in known:
        return Check("runtime", Condition.OK, f"{wanted}, from JUDGE_RUNTIME")
    return Check(
        "runtime",
        Condition.MISSING,
        f"JUDGE_RUNTIME is {wanted}, and the engine knows {', '.join(known)}",
        _NO_JUDGING,
        f"add {wanted} to the engine's daemon.json, or unset JUDGE_RUNTIME",
    )


def _cores(count: int) -> Check:
    if count > 1:
        return Check("cores", Condition.OK, f"{count}")
    return Check(
        "cores",
        Condition.WARNING,
        f"{count}",
        "judging and a submission share one core, so wall times are longer and less even",
        "give the machine a second core",
    )


def _image(engine: Engine, profile: str) -> Check:
    name = f"image {profile}"
    try:
        image = find_image(engine, profile)
    except JudgeError as error:
        cost = f"problems of profile '{profile}' cannot be judged"
        return Check(name, Condition.MISSING, str(error), cost, f"`judge image build {profile}`")
    libraries = ", ".join(f"{library} {version}" for library, version in image.libraries.items())
    finding = f"{image.tag}, Python {image.python}, {libraries}; base {image.base}"
    return Check(name, Condition.OK, finding)


def _disk(name: str, folder: Path) -> Check:
    there = next(part for part in (folder, *folder.absolute().parents) if part.exists())
    free = shutil.disk_usage(there).free / _GIB
    finding = f"{free:.1f} GiB free at {there}"
    if free >= 2:  # noqa: PLR2004 (GiB: what building both images takes, twice)
        return Check(name, Condition.OK, finding)
    return Check(
        name,
        Condition.WARNING,
        finding,
        "building images may fail, and judgements that cannot be stored are JE",
        "free some space, for instance with `docker system prune`",
    )


def _memory() -> Check:
    available = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_AVPHYS_PAGES") / _GIB
    if (meminfo := Path("/proc/meminfo")).exists():  # counts what the page cache would give back
        lines = dict(line.split(":", 1) for line in meminfo.read_text().splitlines())
        available = int(lines["MemAvailable"].split()[0]) / 2**20
    finding = f"{available:.1f} GiB available"
    if available >= 1:
        return Check("memory", Condition.OK, finding)
    return Check(
        "memory",
        Condition.WARNING,
        finding,
        "a box and its grader may be killed by the kernel, which is a JE",
        "close other programs, or give the machine more memory",
    )


def clock(source: Path) -> Check:
    """Look at the kernel's clock: a slow one makes every reading part of what is measured."""
    resolution = time.get_clock_info("monotonic").resolution
    name = source.read_text().strip() if source.exists() else "unknown source"
    finding = f"{name}, resolution {resolution * 1e9:.0f} ns"
    if name in _QUICK_CLOCKS or not source.exists():
        return Check("clock", Condition.OK, finding)
    return Check(
        "clock",
        Condition.WARNING,
        finding,
        "reading the clock takes a system call, so short times are less exact",
        f"boot with a quick clock source ({', '.join(sorted(_QUICK_CLOCKS))}) where there is one",
    )


def _data_directory(folder: Path) -> Check:
    there = next(part for part in (folder, *folder.absolute().parents) if part.exists())
    if there.is_dir() and os.access(there, os.W_OK | os.X_OK):
        state = "writable" if folder.exists() else "made when first needed"
        return Check("data directory", Condition.OK, f"{folder}, {state}")
    return Check(
        "data directory",
        Condition.MISSING,
        f"{folder} cannot be written to",
        "images cannot be built and nothing can be stored",
        f"`sudo chown $USER {there}`, or name another folder with JUDGE_DATA",
    )


def _problems(roots: tuple[Path, ...]) -> Check:
    counted = {
        root: len([*root.glob("problem.toml"), *root.glob("*/problem.toml")]) for root in roots
    }
    finding = (
        ", ".join(f"{count} in {root}" for root, count in counted.items()) or "no folder known"
    )
    if any(counted.values()):
        return Check("problems", Condition.OK, finding)
    return Check(
        "problems",
        Condition.MISSING,
        finding,
        "there is nothing to submit to",
        "name a folder of problem packages with JUDGE_PROBLEMS or --problems",
    )
