"""What a judgement was made on, in words that tell two machines apart."""

import os
import platform
from pathlib import Path


def fingerprint() -> str:
    """Return processor, number of cores and kernel of this machine."""
    cores = os.cpu_count() or 1
    return f"{_processor()}, {cores} cores, {platform.system()} {platform.release()}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:  # not Linux
        return platform.processor() or platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
