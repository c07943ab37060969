"""Build contexts as tar archives whose bytes depend on the files' contents and on nothing else."""

import io
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

RECIPE = "runner-image/Dockerfile"
LIBRARIES_RECIPE = "runner-image/libraries.Dockerfile"

_PLACES = {"runner-image/box/": "box/", "runner-image/grader/": "grader/", "judge/": "lib/judge/"}


def libraries_context(
    recipe: bytes, requirements: Mapping[str, bytes], wheels: Mapping[str, Path], into: IO[bytes]
) -> None:
    """Write the context of libraries.Dockerfile; both mappings are keyed by the part's name."""
    with tarfile.open(fileobj=into, mode="w") as archive:
        _add(archive, "Dockerfile", recipe)
        for part, content in requirements.items():
            _add(archive, f"wheels/{part}.txt", content)
            for wheel in sorted(wheels[part].iterdir()):
                _add(archive, f"wheels/{part}/{wheel.name}", wheel.read_bytes())


def runner_context(sources: Mapping[str, bytes], into: IO[bytes]) -> None:
    """Write the context of the Dockerfile with our own code in it."""
    with tarfile.open(fileobj=into, mode="w") as archive:
        _add(archive, "Dockerfile", sources[RECIPE])
        for folder in _PLACES.values():
            _add_folder(archive, folder)  # an empty one, too
        for name, content in sorted(sources.items()):
            for origin, place in _PLACES.items():
                if name.startswith(origin):
                    _add(archive, place + name.removeprefix(origin), content)


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)  # owned by root, mode 0644, dated 1970
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))


def _add_folder(archive: tarfile.TarFile, name: str) -> None:
    entry = tarfile.TarInfo(name)
    entry.type, entry.mode = tarfile.DIRTYPE, 0o755
    archive.addfile(entry)
