"""The base of all images, a Debian trixie with Python 3.13: pulled, or made where none can be."""

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import docker
import requests
from docker.errors import DockerException, ImageNotFound

from judge.engine.client import engine_errors, translated
from judge.errors import SetupError
from judge.images.reference import BASE_LABEL
from judge.images.work import Report

PULLED = "python:3.13-slim-trixie"
MADE = "judge-base:python3.13-trixie"

_ANSWER_SECONDS = 15
_FRESH_SECONDS = 600
_KEPT_AWAY = ("man", "info", "doc", "locale", "lintian", "bug")


@dataclass(frozen=True, slots=True)
class Base:
    """An image to build upon, and the way it came here: "pulled" or "mmdebstrap"."""

    digest: str
    way: str


class BaseToolMissing(SetupError):
    """No registry answers and mmdebstrap, which could make a base, is not installed."""


def find_or_make_base(
    engine: docker.DockerClient, cache: Path, report: Report, *, force: bool = False
) -> Base:
    """Return the base on the engine, getting it first where it is missing or `force` says so."""
    if not force and (base := _present(engine)) is not None:
        return base
    if (refusal := _pull(engine, report)) is None:
        with engine_errors():
            return Base(str(engine.images.get(PULLED).id), "pulled")
    if (base := _made_just_now(engine)) is not None:
        return base
    report(f"no registry answers ({refusal}): making a Debian trixie base with mmdebstrap")
    _make(engine, cache, report)
    with engine_errors():
        return Base(str(engine.images.get(MADE).id), "mmdebstrap")


def _present(engine: docker.DockerClient) -> Base | None:
    for tag, way in ((PULLED, "pulled"), (MADE, "mmdebstrap")):
        with engine_errors():
            try:
                return Base(str(engine.images.get(tag).id), way)
            except ImageNotFound:
                continue
    return None


def _made_just_now(engine: docker.DockerClient) -> Base | None:
    """Return the base if it is minutes old: forced builds of several profiles shall share one."""
    with engine_errors():
        try:
            image = engine.images.get(MADE)
        except ImageNotFound:
            return None
    made = datetime.fromisoformat(str(image.attrs["Created"])[:19]).replace(tzinfo=UTC)
    age = (datetime.now(UTC) - made).total_seconds()
    return Base(str(image.id), "mmdebstrap") if age < _FRESH_SECONDS else None


def _pull(engine: docker.DockerClient, report: Report) -> str | None:
    """Pull the official image, or return in a few words why that cannot be done."""
    report(f"pulling {PULLED} …")
    patience, engine.api.timeout = engine.api.timeout, _ANSWER_SECONDS
    try:
        engine.images.get_registry_data(PULLED)  # a pull has no time limit of its own, this has
        engine.api.timeout = patience
        engine.images.pull(PULLED)
    except (DockerException, requests.RequestException) as error:
        return " ".join(str(translated(error)).split(": ")[-2:])
    finally:
        engine.api.timeout = patience
    return None


def _make(engine: docker.DockerClient, cache: Path, report: Report) -> None:
    tool = shutil.which("mmdebstrap")
    if tool is None:
        raise BaseToolMissing(
            "no registry answers, so the base of the images has to be made here, and mmdebstrap "
            "is missing; install it with "
            "`sudo apt-get install mmdebstrap debian-archive-keyring`, or load the image "
            f"{PULLED} into the engine with `docker load`"
        )
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix="base-") as folder:
        archive = Path(folder) / "base.tar"
        _debootstrap(tool, archive, report)
        report(f"importing the base ({archive.stat().st_size / 2**20:.0f} MiB)")
        with engine_errors():
            engine.api.import_image_from_file(
                str(archive),
                repository=MADE.partition(":")[0],
                tag=MADE.partition(":")[2],
                changes=[f"LABEL {BASE_LABEL}=mmdebstrap"],
            )


def _debootstrap(tool: str, archive: Path, report: Report) -> None:
    command = [tool, "--variant=minbase", "--include=python3.13"]
    command += [f"--dpkgopt=path-exclude=/usr/share/{name}/*" for name in _KEPT_AWAY]
    process = subprocess.Popen(  # noqa: S603 (a fixed command found on PATH, no shell)
        [*command, "trixie", str(archive)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    lines: list[str] = []
    with process:
        for line in process.stderr or ():
            lines.append(line.rstrip())
            if line.startswith("I: ") and line.endswith("...\n"):
                report(f"  mmdebstrap: {line[3:].rstrip()}")
    if process.returncode != 0:
        told = "\n".join(line for line in lines if line.startswith(("E:", "W:"))) or lines[-1]
        raise SetupError(
            f"mmdebstrap could not make the base (exit code {process.returncode}):\n{told}\n"
            "Without root it needs the package uidmap and unprivileged user namespaces; "
            "`sudo make image` needs neither."
        )
