"""What one process has used: CPU by the kernel's clock, audited by the cgroup, and memory."""

import time

from facts import Cgroup, ProcessMemory, process_cpu_seconds

AUDIT_TOLERANCE_SECONDS = 0.02
AUDIT_TOLERANCE = 0.05


class Meter:
    """Reads the clocks of a process; `cpu_seconds` never falls, not even when the process is gone.

    The clock of a process misses what its children do. What the cgroup counted beyond the process,
    the supervisor and the warm interpreter is therefore charged to it too, past a tolerance.
    """

    def __init__(self, pid: int, cgroup: Cgroup, warm_pid: int) -> None:
        self._pid, self._cgroup, self._warm_pid = pid, cgroup, warm_pid
        self._audit_start = self._audit_clock()
        self._kills_start = cgroup.oom_kills()
        self._memory = ProcessMemory(pid)
        self._memory_start = self._memory.now_mib() or 0.0
        self._cpu_start = process_cpu_seconds(pid) or 0.0
        self._cpu = 0.0
        self.memory_mib = 0.0

    def cpu_seconds(self) -> float:
        """CPU time used since this meter was made."""
        own = process_cpu_seconds(self._pid)
        if own is not None:
            self._cpu = max(self._cpu, own - self._cpu_start)
        audit = self._audit_clock()
        if audit is not None and self._audit_start is not None:
            excess = audit - self._audit_start - self._cpu
            if excess > max(AUDIT_TOLERANCE_SECONDS, AUDIT_TOLERANCE * self._cpu):
                self._cpu += excess
        return self._cpu

    def died_with(self, cpu_seconds: float, peak_mib: float) -> None:
        """Take what the parent of the process was told at its death: nobody else can tell then."""
        self._cpu = max(self._cpu, cpu_seconds - self._cpu_start)
        self.memory_mib = max(self.memory_mib, peak_mib - self._memory_start)

    def note_memory(self) -> float:
        """Look at the high-water mark of the process and return it, less what it was born with."""
        peak = self._memory.peak_mib()
        if peak is not None:
            self.memory_mib = max(0.0, peak - self._memory_start)
        return self.memory_mib

    def out_of_memory(self) -> bool:
        """Whether the kernel has killed anything in the box for want of memory."""
        return self._cgroup.oom_kills() > self._kills_start

    def close(self) -> None:
        """Let go of the process."""
        self._memory.close()

    def _audit_clock(self) -> float | None:
        total = self._cgroup.cpu_seconds()
        warm = process_cpu_seconds(self._warm_pid)
        if total is None or warm is None:
            return None
        return total - time.process_time() - warm
