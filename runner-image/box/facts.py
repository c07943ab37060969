"""What the kernel says of the box and its processes: CPU, memory, out-of-memory kills.

Reads cgroup v1 and v2 from inside the container; where neither shows (gVisor) the answer is None
and whoever asks does without.
"""

import os
import time

_V1 = {
    "cpu": "/sys/fs/cgroup/cpuacct/cpuacct.usage",
    "peak": "/sys/fs/cgroup/memory/memory.max_usage_in_bytes",
    "kills": "/sys/fs/cgroup/memory/memory.oom_control",
    "tasks": "/sys/fs/cgroup/pids/pids.current",
}
_V2 = {
    "cpu": "/sys/fs/cgroup/cpu.stat",
    "peak": "/sys/fs/cgroup/memory.peak",
    "kills": "/sys/fs/cgroup/memory.events",
    "tasks": "/sys/fs/cgroup/pids.current",
}
_MIB = 1 << 20


class Cgroup:
    """The counters of this container's cgroup."""

    def __init__(self) -> None:
        self._files = _V2 if os.path.exists("/sys/fs/cgroup/cgroup.controllers") else _V1

    def cpu_seconds(self) -> float | None:
        """CPU time of everything in the box, the supervisor included."""
        if self._files is _V1:
            text = _read(self._files["cpu"])
            return None if text is None else int(text) / 1e9
        usage = _field(_read(self._files["cpu"]), "usage_usec")
        return None if usage is None else usage / 1e6

    def peak_memory_mib(self) -> float | None:
        """The most memory the box has ever used at once."""
        text = _read(self._files["peak"])
        return None if text is None else int(text) / _MIB

    def oom_kills(self) -> int:
        """How many processes of the box the kernel has killed for want of memory."""
        return _field(_read(self._files["kills"]), "oom_kill") or 0

    def tasks(self) -> int | None:
        """How many threads and unreaped processes there are in the box."""
        text = _read(self._files["tasks"])
        return None if text is None else int(text)


def process_cpu_seconds(pid: int) -> float | None:
    """CPU time of all threads of a process by the kernel's clock of it; None when it is gone."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return None


def process_memory_mib(pid: int, key: str) -> float | None:
    """VmRSS (now) or VmHWM (ever) of a process; None when it is gone."""
    kib = _field(_read(f"/proc/{pid}/status"), f"{key}:")
    return None if kib is None else kib / 1024


def _read(path: str) -> str | None:
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return None


def _field(text: str | None, key: str) -> int | None:
    for line in (text or "").splitlines():
        words = line.split()
        if words and words[0] == key:
            return int(words[1])
    return None
