"""What is known about an image of ours, read from its labels, and how one is found."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import docker
from docker.errors import ImageNotFound
from docker.models.images import Image

from judge.engine.client import engine_errors
from judge.errors import ImageMissing, ImageOutdated
from judge.images.version import runner_version

RUNNER_LABEL = "judge.runner"
PROFILE_LABEL = "judge.profile"
PYTHON_LABEL = "judge.python"
LIBRARIES_LABEL = "judge.libraries"
BASE_LABEL = "judge.base"


@dataclass(frozen=True, slots=True)
class ImageRef:
    """One image of a profile; `digest` is the engine's id of it and part of a judgement."""

    profile: str
    tag: str
    digest: str
    runner_version: str
    python: str
    libraries: Mapping[str, str]  # what a submission can import: distribution name -> version
    base: str  # how the base came here: "pulled" or "mmdebstrap"


def image_tag(profile: str, version: str) -> str:
    """Return the name under which the image of a profile is kept."""
    return f"judge-runner-{profile}:{version}"


def find_image(engine: docker.DockerClient, profile: str) -> ImageRef:
    """Return the image of `profile` that fits this version of the project.

    Raises:
        ImageMissing: there is none.
        ImageOutdated: there are only images made by another version.
    """
    version = runner_version()
    with engine_errors():
        try:
            return described(engine.images.get(image_tag(profile, version)))
        except ImageNotFound:
            others = runner_images(engine, profile)
    if others:
        raise ImageOutdated(profile, others[0].labels.get(RUNNER_LABEL, "unknown"), version)
    raise ImageMissing(profile)


def runner_images(engine: docker.DockerClient, profile: str) -> list[Image]:
    """Return every image of `profile`, whichever version made it."""
    return engine.images.list(filters={"label": [f"{PROFILE_LABEL}={profile}", RUNNER_LABEL]})


def described(image: Image) -> ImageRef:
    """Return what the labels of one of our images say."""
    labels = image.labels
    profile, version = labels[PROFILE_LABEL], labels[RUNNER_LABEL]
    return ImageRef(
        profile=profile,
        tag=image_tag(profile, version),
        digest=str(image.id),
        runner_version=version,
        python=labels[PYTHON_LABEL],
        libraries=json.loads(labels[LIBRARIES_LABEL]),
        base=labels[BASE_LABEL],
    )
