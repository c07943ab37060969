"""Finding problems by name over several folders of packages; nothing is kept between calls."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from judge.catalog.manifest import read_manifest
from judge.catalog.package import MANIFEST, load_problem
from judge.catalog.problem import HIDDEN, Problem
from judge.errors import ProblemError, RequestError, UnknownProblem


class Catalog:
    """The problems of some folders.

    A folder is either a package itself or holds packages as direct children. A name that occurs
    in two of `roots` is an error; one of `defaults` is hidden by the same name in `roots`, so that
    a private bank may replace a problem that comes with the judge.
    """

    def __init__(self, roots: Sequence[Path], defaults: Sequence[Path] = ()) -> None:
        self._roots = roots
        self._defaults = defaults

    def slugs(self) -> list[str]:
        """The names of all problems, sorted; malformed packages included."""
        return sorted(self.folders())

    def get(self, slug: str) -> Problem:
        """Read one problem; raise UnknownProblem, or ProblemError when it is malformed."""
        folders = self.folders()
        if slug in folders:
            return load_problem(folders[slug])
        raise UnknownProblem(slug, get_close_matches(slug, folders, n=2))

    def __iter__(self) -> Iterator[Problem]:
        for folder in self.folders().values():
            yield load_problem(folder)

    def namesakes(self, problem: Problem) -> list[Path]:
        """Return the other packages that have the uuid of this one; malformed ones have none.

        One of the same name replaces this one, or is replaced by it, so it may be the same problem.
        """
        return [
            folder
            for slug, folder in self.folders().items()
            if slug != problem.slug and problem.uuid is not None and _uuid(folder) == problem.uuid
        ]

    def folders(self) -> dict[str, Path]:
        """Name → folder of every package, in the order of names."""
        named = _merged(self._roots)
        merged = _merged(self._defaults) | named
        return dict(sorted(merged.items()))


def _merged(roots: Sequence[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for folder in (folder for root in roots for folder in _packages(root)):
        other = found.setdefault(folder.name, folder)
        if other != folder:
            raise ProblemError(
                f"two problems are called '{folder.name}': {other} and {folder}; rename one"
            )
    return found


def _uuid(folder: Path) -> str | None:
    path = folder / MANIFEST
    try:
        return read_manifest(path.read_text("utf-8-sig"), path).uuid
    except (OSError, UnicodeDecodeError, ProblemError):
        return None


def _packages(root: Path) -> Iterator[Path]:
    resolved = root.resolve()
    if not resolved.is_dir():
        raise RequestError(f"{root}: no such folder of problems")
    if _is_package(resolved):
        yield resolved
        return
    for child in sorted(resolved.iterdir()):
        if not child.name.startswith(".") and _is_package(child):
            yield child


def _is_package(folder: Path) -> bool:
    # A package that lost its problem.toml is still one, so that somebody hears about it.
    return (folder / MANIFEST).is_file() or (folder / HIDDEN).is_file()
