"""From a folder to a Problem: every file read once, capped, hashed, then checked."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

from judge.catalog.explained import read_explained
from judge.catalog.labelled import read_labelled
from judge.catalog.manifest import read_manifest
from judge.catalog.problem import (
    HIDDEN,
    MUTANTS,
    PRELUDE,
    SAMPLES,
    STARTER,
    STATEMENT,
    Problem,
)
from judge.errors import ProblemError

MANIFEST = "problem.toml"
MAX_FILE_BYTES = 32 * 1024 * 1024
MAX_PACKAGE_BYTES = 64 * 1024 * 1024
MAX_DEPTH = 32  # of folders in each other

_SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_TEXTS = (MANIFEST, HIDDEN, SAMPLES, STATEMENT, STARTER, PRELUDE, MUTANTS)


def load_problem(folder: Path) -> Problem:
    """Read a package; raise ProblemError naming the file (and the key) that is wrong."""
    folder = folder.resolve()
    files = _read_files(folder)
    _check_files(folder, files)
    manifest = read_manifest(files[MANIFEST].decode("utf-8-sig"), folder / MANIFEST)
    return Problem(
        slug=folder.name,
        title=manifest.title,
        kind=manifest.kind,
        entry=manifest.entry,
        signatures=manifest.signatures,
        profile=manifest.profile,
        limits=manifest.limits,
        folder=folder,
        version=_version(files),
        files=MappingProxyType(files),
        submissions=read_labelled(folder, files),
        explained=read_explained(files.get(MUTANTS, b"").decode("utf-8-sig"), folder),
        adapters=manifest.adapters,
        forbidden=manifest.forbidden,
        difficulty=manifest.difficulty,
        topics=manifest.topics,
        tags=manifest.tags,
        minutes=manifest.minutes,
        shows_inputs=manifest.shows_inputs,
        uuid=manifest.uuid,
    )


def _read_files(folder: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    total = 0
    for path in walk(folder):
        content = _read(path)
        total += len(content)
        if total > MAX_PACKAGE_BYTES:
            raise ProblemError(
                f"{folder}: a package may hold {MAX_PACKAGE_BYTES // 1024**2} MiB, this is larger"
            )
        files[path.relative_to(folder).as_posix()] = content
    return dict(sorted(files.items()))


def walk(folder: Path, depth: int = MAX_DEPTH) -> Iterator[Path]:
    """Yield the files of a package; raise ProblemError for a symbolic link."""
    if depth == 0:
        raise ProblemError(f"{folder}: more than {MAX_DEPTH} folders in each other")
    try:
        with os.scandir(folder) as scanned:
            entries = sorted(scanned, key=lambda entry: entry.name)
    except OSError as error:
        raise ProblemError(f"{error.filename}: cannot be read: {error.strerror}") from error
    for entry in entries:
        if _is_ignored(entry.name):
            continue
        if entry.is_symlink():
            raise ProblemError(
                f"{entry.path}: symbolic links are not allowed; put the file itself there"
            )
        if entry.is_dir(follow_symlinks=False):
            yield from walk(Path(entry.path), depth - 1)
        else:
            yield Path(entry.path)


def _is_ignored(name: str) -> bool:
    return name.startswith(".") or name == "__pycache__"


def _read(path: Path) -> bytes:
    try:
        facts = path.lstat()
        if not stat.S_ISREG(facts.st_mode):
            raise ProblemError(f"{path}: is not a regular file")
        if facts.st_size > MAX_FILE_BYTES:
            raise ProblemError(f"{path}: is larger than {MAX_FILE_BYTES // 1024**2} MiB")
        return path.read_bytes()
    except OSError as error:
        raise ProblemError(f"{path}: cannot be read: {error.strerror}") from error


def _check_files(folder: Path, files: dict[str, bytes]) -> None:
    if not _SLUG.fullmatch(folder.name):
        raise ProblemError(
            f"{folder}: '{folder.name}' cannot name a problem; use letters, digits, '-', '_', '.'"
        )
    for path in (MANIFEST, HIDDEN):
        if path not in files:
            raise ProblemError(f"{folder / path}: is missing; every problem needs it")
    for path in _TEXTS:
        try:
            files.get(path, b"").decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ProblemError(f"{folder / path}: is not UTF-8 text ({error.reason})") from error


def _version(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for path, content in files.items():
        # Lengths first, so that no two packages run together into the same bytes.
        name = path.encode("utf-8", "surrogateescape")
        digest.update(b"%d %d " % (len(name), len(content)) + name + content)
    return digest.hexdigest()
