"""Which problem a file is a solution of, and reading that file."""

import sys
import tomllib
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from judge.catalog import Catalog, Problem, check_source, read_source
from judge.catalog.source import MAX_SOURCE_BYTES
from judge.cli.options import catalog_of, named_problem
from judge.errors import RequestError

PULLED = ".judge.toml"
STDIN = Path("-")


def read_solution(file: Path) -> str:
    """Return the source in the file or on standard input; raise SourceRefused."""
    if file == STDIN:
        return check_source(sys.stdin.buffer.read(MAX_SOURCE_BYTES + 1), "standard input")
    return read_source(file)


def problem_of(file: Path, named: str | None, problems: Sequence[Path] | None) -> Problem:
    """Return the problem: the named one, the pulled folder's, or the one the file is called after.

    Raises:
        RequestError: nothing says which problem it is; tells what would.
    """
    if named is not None:
        return named_problem(catalog_of(problems), named)
    folder = Path.cwd() if file == STDIN else file.resolve().parent
    if (folder / PULLED).is_file():
        return _pulled(folder / PULLED, problems)
    catalog = catalog_of(problems)
    slugs = catalog.slugs()
    for name in () if file == STDIN else _namesakes(file):
        if name in slugs:
            return catalog.get(name)
    raise _unknown(file)


def slug_of(file: Path, named: str | None, slugs: Callable[[], Collection[str]]) -> str:
    """Return the problem's name as a server knows it, by the same rules; see `problem_of`."""
    if named is not None:
        return named
    folder = Path.cwd() if file == STDIN else file.resolve().parent
    if (folder / PULLED).is_file():
        return _note(folder / PULLED)[0]
    there = slugs()
    for name in () if file == STDIN else _namesakes(file):
        if name in there:
            return name
    raise _unknown(file)


def _unknown(file: Path) -> RequestError:
    return RequestError(
        f"which problem is {file} for? Give --problem SLUG (`judge problems` lists them), "
        "name the file after the problem, or work in a folder made by `judge pull`"
    )


def _namesakes(file: Path) -> Iterator[str]:
    yield file.stem
    yield file.stem.replace("_", "-")
    path = file.resolve()
    yield path.parent.name
    if path.parent.parent.name == "submissions":
        yield path.parents[2].name


def _pulled(note: Path, problems: Sequence[Path] | None) -> Problem:
    slug, package = _note(note)
    if package is None or problems:
        return catalog_of(problems).get(slug)
    return Catalog([Path(package)]).get(slug)


def _note(note: Path) -> tuple[str, str | None]:
    """Return slug and package of a pulled folder."""
    try:
        table = tomllib.loads(note.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RequestError(f"{note}: cannot be read: {error}; `judge pull` again") from error
    slug, package = table.get("problem"), table.get("package")
    if not isinstance(slug, str) or not isinstance(package, str | None):
        raise RequestError(f"{note}: does not name a problem; `judge pull` again")
    return slug, package
