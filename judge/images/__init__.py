"""Images of the profiles on the container engine: made, found, described.

One image per profile serves box and grader. It is two images deep: the libraries, which take a
minute and seldom change, and our own code on top, which takes a second or two.
"""

from judge.engine.client import engine_client, engine_errors
from judge.images.base import BaseToolMissing
from judge.images.build import PROFILES, build_image
from judge.images.reference import ImageRef, find_image
from judge.images.version import runner_version

__all__ = [
    "PROFILES",
    "BaseToolMissing",
    "ImageRef",
    "build_image",
    "engine_client",
    "engine_errors",
    "find_image",
    "runner_version",
]
