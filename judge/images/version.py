"""The sources of the images, and the runner version: a hash of everything of ours inside them."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from judge.errors import SetupError

_PACKAGE = Path(__file__).resolve().parent.parent
_COPIED = ("proxy", "testing")
_VERSION_LENGTH = 12


def runner_version() -> str:
    """Return the version of the sources as they are now."""
    return version_of(read_sources())


def version_of(sources: Mapping[str, bytes]) -> str:
    """Return the first 12 hex digits of a hash over names and contents."""
    digest = hashlib.sha256()
    for name, content in sorted(sources.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:_VERSION_LENGTH]


def read_sources() -> dict[str, bytes]:
    """Return name -> content of what the images are made of, names as in a checkout.

    Whoever builds reads once and hands the result on: what is hashed is what is copied.
    """
    folder = _PACKAGE.parent / "runner-image"
    if not folder.is_dir():
        raise SetupError(
            f"{folder} is missing: images can only be made from a checkout of the project; "
            "clone it and run `make setup` there"
        )
    paths = {f"runner-image/{name}": path for name, path in source_files(folder)}
    paths["judge/__init__.py"] = _PACKAGE / "__init__.py"
    for part in _COPIED:
        paths |= {f"judge/{part}/{name}": path for name, path in source_files(_PACKAGE / part)}
    return {name: path.read_bytes() for name, path in paths.items()}


def source_files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield relative name and path of each file that counts: no cache, no hidden file, no prose."""
    for path in folder.rglob("*"):
        relative = path.relative_to(folder)
        ignored = any(part == "__pycache__" or part.startswith(".") for part in relative.parts)
        if path.is_file() and not ignored and path.suffix not in {".md", ".pyc"}:
            yield relative.as_posix(), path
