"""A new package: a small problem of a kind, complete, to be changed into one's own."""

import re
import uuid
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from judge.catalog.problem import Kind
from judge.errors import RequestError

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SUFFIX = ".txt"  # so that no tool takes a template for a module of ours
_MANIFEST = "problem.toml"


def write_package(folder: Path, kind: Kind) -> list[str]:
    """Write a package that passes its own check; return the names of its files.

    Raises:
        RequestError: the folder is there already, cannot be written, or cannot name a problem.
    """
    if not _SLUG.fullmatch(folder.name):
        raise RequestError(
            f"'{folder.name}' cannot name a problem; use small letters, digits and single hyphens"
        )
    template = resources.files("judge.catalog").joinpath("templates", kind.value)
    contents = dict(_texts(template))
    title = folder.name.replace("-", " ").title()
    manifest = contents[_MANIFEST].replace("{uuid}", str(uuid.uuid4())).replace("{title}", title)
    try:
        folder.mkdir(parents=True)
        for name, text in (contents | {_MANIFEST: manifest}).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except FileExistsError as error:
        raise RequestError(f"{folder} is there already; choose another name") from error
    except OSError as error:
        raise RequestError(f"{folder}: cannot be written: {error.strerror}") from error
    return sorted(contents)


def _texts(folder: Traversable, before: str = "") -> list[tuple[str, str]]:
    """Return the templates in a folder, by the names of the files they become."""
    found: list[tuple[str, str]] = []
    for entry in folder.iterdir():
        name = f"{before}{entry.name}"
        if entry.is_dir():
            found += _texts(entry, f"{name}/")
        elif name.endswith(_SUFFIX):
            found.append((name.removesuffix(_SUFFIX), entry.read_text(encoding="utf-8")))
    return found
