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
        self._files = {what: Kept(f"{root}/{name}") for what, name in names.items()}
        self._keeps_peak = self._files["peak"].read() is not None
        self._highest: int | None = None

    def cpu_seconds(self) -> float | None:
        """CPU time of everything in the box, the supervisor included."""
        self._look_at_memory()
        if not self._is_v2:
            used = _number(self._files["cpu"].read())
            return None if used is None else used / 1e9
        usage = _field(self._files["cpu"].read(), b"usage_usec ")
        return None if usage is None else usage / 1e6

    def peak_memory_mib(self) -> float | None:
        """The most memory the box has ever used at once.

        A kernel before 5.19 keeps no peak in cgroup v2: there it is the most that was seen, and
        CPU time is asked for whenever a process answers or is stopped.
        """
        self._look_at_memory()
        peak = _number(self._files["peak"].read()) if self._keeps_peak else self._highest
        return None if peak is None else peak / _MIB

    def oom_kills(self) -> int:
        """How many processes of the box the kernel has killed for want of memory."""
        return _field(self._files["kills"].read(), b"oom_kill ") or 0

    def tasks(self) -> int | None:
        """How many threads and unreaped processes there are in the box."""
        return _number(self._files["tasks"].read())

    def _look_at_memory(self) -> None:
        if self._keeps_peak:
            return
        now = _number(self._files["memory"].read())
        if now is not None:
            self._highest = max(now, self._highest or 0)


class ProcessMemory:
    """The memory of one process, as the kernel tells it."""

    def __init__(self, pid: int) -> None:
        self._status = Kept(f"/proc/{pid}/status")

    def now_mib(self) -> float | None:
        """What is resident; None when the process is gone."""
        return _mib(_field(self._status.read(), b"VmRSS:"))

    def peak_mib(self) -> float | None:
        """The most that was ever resident; None when the process is gone."""
        return _mib(_field(self._status.read(), b"VmHWM:"))

    def close(self) -> None:
        """Let go of the process."""
        self._status.close()


class Kept:
    """A file of the kernel's, kept open: it is read at every call, and opening costs more."""

    def __init__(self, path: str) -> None:
        try:
            self._fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            self._fd = -1

    def read(self) -> bytes | None:
        """What is in it now; None where there is nothing to read."""
        try:
            return None if self._fd < 0 else os.pread(self._fd, 1 << 14, 0)
        except OSError:
            return None

    def close(self) -> None:
        """Close it; there is nothing to read any more."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def process_cpu_seconds(pid: int) -> float | None:
    """CPU time of all threads of a process by the kernel's clock of it; None when it is gone."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return None


def _own_group(root: str, membership: str) -> str:
    """Return the folder of our group, which is the root unless we are shown the host's tree."""
    for line in (Kept(membership).read() or b"").decode(errors="replace").splitlines():
        path = line.removeprefix("0::").rstrip("/")
        if line.startswith("0::/") and ".." not in path and os.path.isdir(root + path):
            return root + path
    return root


def _mib(kib: int | None) -> float | None:
    return None if kib is None else kib / 1024


def _number(text: bytes | None) -> int | None:
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


def _field(text: bytes | None, key: bytes) -> int | None:
    """Return the number behind a key at the beginning of a line."""
    lines = b"\n" + (text or b"")
    at = lines.find(b"\n" + key)
    if at < 0:
        return None
    words = lines[at + 1 + len(key) :].split(None, 1)
    return _number(words[0]) if words else None
