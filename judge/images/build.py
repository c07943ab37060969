"""Building the image of a profile: base, then libraries, then our code; each only when it must."""

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import docker
from docker.errors import APIError, ImageNotFound
from docker.models.images import Image

from judge.address import make_data_dir
from judge.engine.client import engine_errors
from judge.errors import RequestError
from judge.images import reference
from judge.images.base import Base, find_or_make_base
from judge.images.context import runner_context
from judge.images.libraries import LIBRARIES_OF_LABEL, libraries_image
from judge.images.reference import ImageRef, described, image_tag, runner_images
from judge.images.version import read_sources, version_of
from judge.images.work import Report, Work, build
from judge.settings import Settings

PROFILES = ("python", "ml")

KEPT_VERSIONS = 3
_WHAT_IS_INSTALLED = """
import importlib.metadata, json, platform
found = {d.name: d.version for d in importlib.metadata.distributions()}
print(json.dumps({"python": platform.python_version(), "libraries": dict(sorted(found.items()))}))
"""


def build_image(
    engine: docker.DockerClient, profile: str, report: Report, *, force: bool = False
) -> ImageRef:
    """Return the image of `profile` for this version, building what is missing or outdated.

    `report` gets a line per step, also on which way the base came here. With `force` everything
    is made anew, the base too, which is how an image gets Debian's security updates.
    """
    if profile not in PROFILES:
        raise RequestError(f"unknown profile '{profile}'; there are {' and '.join(PROFILES)}")
    cache = Settings.from_environment().data_dir / "cache"
    with _one_at_a_time(cache, report), engine_errors():
        work = Work(engine, profile, read_sources(), cache, report, force)
        tag = image_tag(profile, version_of(work.sources))
        if not force and (present := _present(engine, tag)) is not None:
            report(f"{tag}: already there")
            return present
        base = find_or_make_base(engine, cache, report, force=force)
        libraries = libraries_image(work, base)
        image = _runner_image(work, base, libraries, tag)
        _remove_outdated(work, keep={str(image.id), str(libraries.id)})
        return described(image)


def _present(engine: docker.DockerClient, tag: str) -> ImageRef | None:
    try:
        return described(engine.images.get(tag))
    except ImageNotFound:
        return None


def _runner_image(work: Work, base: Base, libraries: Image, tag: str) -> Image:
    installed = json.loads(
        work.engine.containers.run(
            str(libraries.id),
            ["/opt/judge/venv/bin/python", "-I", "-c", _WHAT_IS_INSTALLED],
            network_mode="none",
            remove=True,
        )
    )
    labels = {
        reference.RUNNER_LABEL: version_of(work.sources),
        reference.PROFILE_LABEL: work.profile,
        reference.PYTHON_LABEL: installed["python"],
        reference.LIBRARIES_LABEL: json.dumps(installed["libraries"]),
        reference.BASE_LABEL: base.way,
    }
    return build(
        work,
        lambda into: runner_context(work.sources, into),
        tag,
        arguments={"LIBRARIES": str(libraries.id)},
        labels=labels,
    )


def _remove_outdated(work: Work, keep: set[str]) -> None:
    """Remove the profile's old images; those in use by a container stay until the next build.

    The newest few stay, for another checkout of this project may be using the same engine.
    """
    runners = newest_first(runner_images(work.engine, work.profile))
    label = f"{LIBRARIES_OF_LABEL}={work.profile}"
    libraries = newest_first(work.engine.images.list(filters={"label": label}))
    for image in runners[KEPT_VERSIONS:] + libraries[KEPT_VERSIONS:]:
        if str(image.id) in keep:
            continue
        try:
            for name in image.tags or [str(image.id)]:
                work.engine.images.remove(name)
        except APIError:
            continue
        work.report(f"removed the outdated {', '.join(image.tags) or image.short_id}")


def newest_first(images: list[Image]) -> list[Image]:
    """Return images by the time they were made, each once."""
    unique = {str(image.id): image for image in images}.values()
    return sorted(unique, key=lambda image: str(image.attrs["Created"]), reverse=True)


@contextmanager
def _one_at_a_time(cache: Path, report: Report) -> Iterator[None]:
    """Hold a lock, so that two builds do not remove under each other what both need."""
    make_data_dir(cache.parent)
    cache.mkdir(exist_ok=True)
    with (cache / "build.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            report("waiting for another build to end")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
