"""The lower image of a profile: Python and everything that is not ours; built once, then reused."""

from docker.errors import ImageNotFound
from docker.models.images import Image

from judge.images.base import Base
from judge.images.context import LIBRARIES_RECIPE, libraries_context
from judge.images.version import version_of
from judge.images.wheels import fetch_wheels
from judge.images.work import Work, build

LIBRARIES_OF_LABEL = "judge.libraries-of"

_STAGE_LABEL = "judge.stage"  # on what only existed to be copied from
_SHARED_PARTS = ("codec", "grader", "installer")


def libraries_image(work: Work, base: Base) -> Image:
    """Return the libraries of the profile on `base`, building them where they are missing."""
    recipe = work.sources[LIBRARIES_RECIPE]
    pins = {"profile": _pins(work, work.profile)}
    pins |= {part: _pins(work, part) for part in _SHARED_PARTS}
    mark = version_of({**pins, "recipe": recipe, "base": base.digest.encode()})
    tag = f"judge-libraries-{work.profile}:{mark}"
    if not work.force:
        try:
            return work.engine.images.get(tag)
        except ImageNotFound:
            pass
    machine = str(work.engine.info()["Architecture"])  # the engine's, which need not be ours
    wheels = {
        part: fetch_wheels(
            work.profile if part == "profile" else part, content, machine, work.cache, work.report
        )
        for part, content in pins.items()
    }
    image = build(
        work,
        lambda into: libraries_context(recipe, pins, wheels, into),
        tag,
        arguments={"BASE": base.digest},
        labels={LIBRARIES_OF_LABEL: work.profile},
    )
    work.engine.images.prune(filters={"dangling": True, "label": _STAGE_LABEL})
    return image


def _pins(work: Work, name: str) -> bytes:
    return work.sources[f"runner-image/requirements/{name}.txt"]
