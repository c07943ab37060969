"""A catalogue kept in memory: a package is read again only when its files look different."""

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from judge.catalog.catalog import Catalog
from judge.catalog.package import load_problem, walk
from judge.catalog.problem import Problem
from judge.errors import ProblemError, UnknownProblem

Look = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A problem, how its files looked when it was read, and when they were looked at last."""

    look: Look
    problem: Problem
    at: float


@dataclass
class Shelf:
    """The problems of a catalogue. For any number of threads.

    What was looked at less than `trusted_seconds` ago is taken to be as it was: a list of 170
    packages is some thousand files, and fifty learners ask for it at once.
    """

    catalog: Catalog
    trusted_seconds: float = 0.0
    _kept: dict[Path, Kept] = field(default_factory=dict)
    _folders: tuple[float, dict[str, Path]] = (float("-inf"), {})
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, slug: str) -> Problem:
        """Return a problem as it is on disk; raise UnknownProblem or ProblemError."""
        folder = self._known_folders().get(slug)
        if folder is None:
            return self.catalog.get(slug)  # which looks itself, and knows the words for it
        return self._current(folder)

    def __iter__(self) -> Iterator[Problem]:
        for folder in self._known_folders().values():
            yield self._current(folder)

    def well_formed(self) -> Iterator[Problem]:
        """Yield the problems whose packages can be read, by slug."""
        for folder in self._known_folders().values():
            try:
                yield self._current(folder)
            except (ProblemError, UnknownProblem):
                continue  # `judge problems` tells its author

    def _known_folders(self) -> dict[str, Path]:
        at, folders = self._folders
        if not self._is_trusted(at):
            folders = self.catalog.folders()
            self._folders = time.monotonic(), folders
        return folders

    def _current(self, folder: Path) -> Problem:
        with self._lock:  # also while reading: forty threads need not all read the same files
            kept = self._kept.get(folder)
            if kept is not None and self._is_trusted(kept.at):
                return kept.problem
            at, look = time.monotonic(), _look(folder)
            is_same = kept is not None and kept.look == look
            problem = kept.problem if kept is not None and is_same else load_problem(folder)
            self._kept[folder] = Kept(look, problem, at)
            return problem

    def _is_trusted(self, at: float) -> bool:
        return time.monotonic() - at < self.trusted_seconds


def _look(folder: Path) -> Look:
    """Return what changes when a file of the package does, as far as a glance can tell."""
    seen = []
    for path in walk(folder):
        with contextlib.suppress(FileNotFoundError):  # an editor's, gone again
            facts = path.lstat()
            seen.append((str(path), facts.st_mtime_ns, facts.st_size))
    return tuple(seen)
