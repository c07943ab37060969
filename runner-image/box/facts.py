"""What the kernel says of the box and its processes: CPU, memory, out-of-memory kills.

Reads cgroup v1 and v2 from inside the container; where neither shows (gVisor) the answer is None
and whoever asks does without.
"""

import os
import time

_V1 = {
    "cpu": "cpuacct/cpuacct.usage",
    "peak": "memory/memory.max_usage_in_bytes",
    "memory": "memory/memory.usage_in_bytes",
    "kills": "memory/memory.oom_control",
    "tasks": "pids/pids.current",
}
_V2 = {
    "cpu": "cpu.stat",
    "peak": "memory.peak",
    "memory": "memory.current",
    "kills": "memory.events",
    "tasks": "pids.current",
}
_MIB = 1 << 20


class Cgroup:
    """The counters of this container's cgroup."""

    def __init__(self, root: str = "/sys/fs/cgroup", membership: str = "/proc/self/cgroup") -> None:
        self._is_v2 = os.path.exists(f"{root}/cgroup.controllers")
        if self._is_v2:
            root = _own_group(root, membership)
        names = _V2 if self._is_v2 else _V1
        self._files = {what: f"{root}/{name}" for what, name in names.items()}
        self._keeps_peak = os.path.exists(self._files["peak"])
        self._highest: int | None = None

    def cpu_seconds(self) -> float | None:
        """CPU time of everything in the box, the supervisor included."""
        self._look_at_memory()
        if not self._is_v2:
            used = _number(_read(self._files["cpu"]))
            return None if used is None else used / 1e9
        usage = _field(_read(self._files["cpu"]), "usage_usec")
        return None if usage is None else usage / 1e6

    def peak_memory_mib(self) -> float | None:
        """The most memory the box has ever used at once.

        A kernel before 5.19 keeps no peak in cgroup v2: there it is the most that was seen, and
        CPU time is asked for whenever a process answers or is stopped.
        """
        self._look_at_memory()
        peak = _number(_read(self._files["peak"])) if self._keeps_peak else self._highest
        return None if peak is None else peak / _MIB

    def oom_kills(self) -> int:
        """How many processes of the box the kernel has killed for want of memory."""
        return _field(_read(self._files["kills"]), "oom_kill") or 0

    def tasks(self) -> int | None:
        """How many threads and unreaped processes there are in the box."""
        return _number(_read(self._files["tasks"]))

    def _look_at_memory(self) -> None:
        if self._keeps_peak:
            return
        now = _number(_read(self._files["memory"]))
        if now is not None:
            self._highest = max(now, self._highest or 0)


def _own_group(root: str, membership: str) -> str:
    """Return the folder of our group, which is the root unless we are shown the host's tree."""
    for line in (_read(membership) or "").splitlines():
        path = line.removeprefix("0::").rstrip("/")
        if line.startswith("0::/") and ".." not in path and os.path.isdir(root + path):
            return root + path
    return root


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


def _number(text: str | None) -> int | None:
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


def _field(text: str | None, key: str) -> int | None:
    for line in (text or "").splitlines():
        words = line.split()
        if len(words) > 1 and words[0] == key:
            return _number(words[1])
    return None
