"""What can be set from outside: environment variables and nothing else, read once, frozen."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things are on this machine and how boxes are run."""

    data_dir: Path
    problem_dirs: tuple[Path, ...]
    runtime: str | None = None

    @classmethod
    def from_environment(cls, extra_problem_dirs: tuple[Path, ...] = ()) -> "Settings":
        """Read JUDGE_DATA, JUDGE_PROBLEMS (split at the path separator) and JUDGE_RUNTIME."""
        configured = os.environ.get("JUDGE_PROBLEMS")
        named = tuple(Path(part) for part in (configured or "").split(os.pathsep) if part)
        return cls(
            data_dir=_data_dir(),
            problem_dirs=(*extra_problem_dirs, *(named or _bundled_problems())),
            runtime=os.environ.get("JUDGE_RUNTIME") or None,
        )


def _data_dir() -> Path:
    if configured := os.environ.get("JUDGE_DATA"):
        return Path(configured)
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "judge"


def _bundled_problems() -> tuple[Path, ...]:
    beside_the_package = Path(__file__).resolve().parent.parent / "problems"
    return (beside_the_package,) if beside_the_package.is_dir() else ()
