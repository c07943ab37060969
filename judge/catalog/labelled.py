"""The submissions of a package: the folder says the verdict, header comments say the rest."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from judge.catalog.problem import Labelled
from judge.catalog.source import check_source
from judge.errors import ProblemError, SourceRefused
from judge.model import Verdict

VERDICT_FOLDERS: Mapping[str, Verdict] = MappingProxyType(
    {
        "accepted": Verdict.AC,
        "wrong_answer": Verdict.WA,
        "time_limit_exceeded": Verdict.TLE,
        "memory_limit_exceeded": Verdict.MLE,
        "output_limit_exceeded": Verdict.OLE,
        "run_time_error": Verdict.RE,
        "compile_error": Verdict.CE,
    }
)

_ROOT = "submissions"
_DEPTH = 3  # submissions/<verdict folder>/<file>
_HEADER = re.compile(r"#\s*(fails|misconception)\s*:\s*(.*)")


def read_labelled(folder: Path, files: Mapping[str, bytes]) -> tuple[Labelled, ...]:
    """Return the labelled submissions, accepted ones first and each folder sorted by name."""
    found = [
        _labelled(folder, PurePosixPath(path), content)
        for path, content in files.items()
        if path.startswith(f"{_ROOT}/") and path.endswith(".py")
    ]
    order = list(VERDICT_FOLDERS.values())
    return tuple(sorted(found, key=lambda one: (order.index(one.expected), one.path.name)))


def _labelled(folder: Path, path: PurePosixPath, content: bytes) -> Labelled:
    try:
        source = check_source(content, str(folder / path))
    except SourceRefused as error:
        raise ProblemError(f"{error}; it can never be submitted") from error
    header = _header(source)
    return Labelled(
        path=folder / path,
        expected=_expected(folder, path),
        source=source,
        fails=tuple(part.strip() for part in header.get("fails", "").split(",") if part.strip()),
        misconception=header.get("misconception") or None,
    )


def _expected(folder: Path, path: PurePosixPath) -> Verdict:
    name = path.parts[1]
    if len(path.parts) != _DEPTH:
        raise ProblemError(
            f"{folder / path}: a submission lies in {_ROOT}/<verdict folder>/, nowhere else"
        )
    if (verdict := VERDICT_FOLDERS.get(name)) is not None:
        return verdict
    similar = get_close_matches(name, VERDICT_FOLDERS, n=1)
    hint = f"did you mean {similar[0]}?" if similar else f"use one of {', '.join(VERDICT_FOLDERS)}"
    raise ProblemError(f"{folder / _ROOT / name}: unknown verdict folder; {hint}")


def _header(source: str) -> dict[str, str]:
    header: dict[str, str] = {}
    for line in source.splitlines():
        if line.strip() and not line.startswith("#"):
            break
        if found := _HEADER.fullmatch(line.strip()):
            header[found[1]] = found[2].strip()
    return header
