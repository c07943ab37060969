"""Wheels for the images, fetched on the host by pip against pinned hashes and kept in a cache."""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from judge.errors import SetupError

# pip takes a platform literally and derives no older ones from it.
_MANYLINUX = ("manylinux_2_28", "manylinux_2_27", "manylinux_2_17", "manylinux2014")
_MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


def fetch_wheels(
    name: str, pins: bytes, architecture: str, cache: Path, report: Callable[[str], None]
) -> Path:
    """Return a folder with exactly the wheels that `pins` locks, fetching them where it is missing.

    Args:
        name: what the pins are for, such as a profile.
        pins: content of a requirements file in which everything has a version and hashes.
        architecture: the engine's name of the processor, such as `x86_64` or `aarch64`.
        cache: where such folders are kept.
        report: gets a line when there is something to fetch.
    """
    machine = _MACHINES.get(architecture, architecture)
    mark = hashlib.sha256(pins).hexdigest()[:12]
    folder = cache / "wheels" / machine / f"{name}-{mark}"
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    count = pinned_count(pins)
    report(f"fetching {count} {'wheel' if count == 1 else 'wheels'} for {name}")
    incomplete = Path(tempfile.mkdtemp(dir=folder.parent, prefix="incomplete-"))
    try:
        _download(name, pins, machine, incomplete)
        for outdated in folder.parent.glob(f"{name}-*"):
            shutil.rmtree(outdated, ignore_errors=True)
        incomplete.rename(folder)  # appears complete or not at all
    finally:
        shutil.rmtree(incomplete, ignore_errors=True)
    return folder


def pinned_count(pins: bytes) -> int:
    """Return how many distributions locked requirements ask for on Linux."""
    lines = pins.decode().splitlines()
    return sum("==" in line and "== 'win32'" not in line for line in lines)


def _download(name: str, pins: bytes, machine: str, folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--only-binary=:all:", "--no-deps", "--require-hashes"]
    command += ["--implementation=cp", "--python-version=3.13"]
    command += [f"--platform={manylinux}_{machine}" for manylinux in _MANYLINUX]
    with tempfile.NamedTemporaryFile(suffix=".txt") as requirements:
        requirements.write(pins)
        requirements.flush()
        command += ["--dest", str(folder), "--requirement", requirements.name]
        outcome = subprocess.run(  # noqa: S603 (our own interpreter and arguments, no shell)
            command, check=False, capture_output=True, text=True, errors="replace"
        )
    if outcome.returncode != 0:
        raise SetupError(
            f"pip could not fetch the wheels for {name}:\n{outcome.stderr.strip()}\n"
            "Check the network and pip's configuration (`pip config list`), then try again."
        )
