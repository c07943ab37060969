"""A catalogue kept in memory: a package is read again only when its files look different."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from judge.catalog.catalog import Catalog
from judge.catalog.package import load_problem, walk
from judge.catalog.problem import Problem
from judge.errors import ProblemError, UnknownProblem

Look = tuple[tuple[str, int, int], ...]


@dataclass
class Shelf:
    """The problems of a catalogue. For any number of threads."""

    catalog: Catalog
    _read: dict[Path, tuple[Look, Problem]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, slug: str) -> Problem:
        """Return a problem as it is on disk now; raise UnknownProblem or ProblemError."""
        folders = self.catalog.folders()
        if slug not in folders:
            return self.catalog.get(slug)  # which knows the words for it
        return self._current(folders[slug])

    def __iter__(self) -> Iterator[Problem]:
        for folder in self.catalog.folders().values():
            yield self._current(folder)

    def well_formed(self) -> Iterator[Problem]:
        """Yield the problems whose packages can be read, by slug."""
        for folder in self.catalog.folders().values():
            try:
                yield self._current(folder)
            except (ProblemError, UnknownProblem):
                continue  # `judge problems` tells its author

    def _current(self, folder: Path) -> Problem:
        look = _look(folder)
        with self._lock:
            known = self._read.get(folder)
        if known is not None and known[0] == look:
            return known[1]
        problem = load_problem(folder)
        with self._lock:
            self._read[folder] = look, problem
        return problem


def _look(folder: Path) -> Look:
    """Return what changes when a file of the package does, as far as a glance can tell."""
    seen = []
    for path in walk(folder):
        with contextlib.suppress(FileNotFoundError):  # an editor's, gone again
            facts = path.lstat()
            seen.append((str(path), facts.st_mtime_ns, facts.st_size))
    return tuple(seen)
