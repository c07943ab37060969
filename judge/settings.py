"""What can be set from outside: environment variables and nothing else, read once, frozen."""

import os
from dataclasses import dataclass
from pathlib import Path

from judge.errors import RequestError

WARM_BYTES = 256 << 20  # what a warm box of the largest profile may take, and some


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are on this machine and how boxes are run."""

    data_dir: Path
    problem_dirs: tuple[Path, ...]
    runtime: str | None = None
    concurrency: int = 1  # how many submissions are judged at once
    warm_boxes: int = 1  # how many of each sort a server keeps ready

    @classmethod
    def from_environment(cls, extra_problem_dirs: tuple[Path, ...] = ()) -> "Settings":
        """Read JUDGE_DATA, JUDGE_PROBLEMS (split at the path separator) and what boxes need.

        Raises:
            RequestError: JUDGE_CONCURRENCY or JUDGE_WARM_BOXES is not a number.
        """
        configured = os.environ.get("JUDGE_PROBLEMS")
        named = tuple(Path(part) for part in (configured or "").split(os.pathsep) if part)
        return cls(
            data_dir=_data_dir(),
            problem_dirs=(*extra_problem_dirs, *(named or _bundled_problems())),
            runtime=os.environ.get("JUDGE_RUNTIME") or None,
            concurrency=_number("JUDGE_CONCURRENCY", _spare_cores(), at_least=1),
            warm_boxes=_number("JUDGE_WARM_BOXES", _boxes(), at_least=0),
        )


def _data_dir() -> Path:
    if configured := os.environ.get("JUDGE_DATA"):
        return Path(configured)
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "judge"


def _bundled_problems() -> tuple[Path, ...]:
    beside_the_package = Path(__file__).resolve().parent.parent / "problems"
    return (beside_the_package,) if beside_the_package.is_dir() else ()


def _spare_cores() -> int:
    """Return how many cores may judge: one is left for the server and the engine."""
    return max(1, (os.cpu_count() or 1) - 1)


def _boxes() -> int:
    """Return how many boxes of a sort to keep: those judged in and one, in 1/8 of the memory."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return min(_spare_cores() + 1, max(1, memory // 8 // WARM_BYTES))


def _number(variable: str, default: int, *, at_least: int) -> int:
    configured = os.environ.get(variable)
    if not configured:
        return default
    if not configured.isdecimal() or int(configured) < at_least:
        raise RequestError(f"{variable} is '{configured}'; give a number, at least {at_least}")
    return int(configured)
