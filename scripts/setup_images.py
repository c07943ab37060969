"""Builds the images of all profiles, installing mmdebstrap first where no base can be pulled."""

import os

import debian
from terminal import CannotGoOn, say

from judge.errors import JudgeError
from judge.images import PROFILES, BaseToolMissing, build_image, engine_client


def main() -> None:
    try:
        for profile in PROFILES:
            build(profile)
    except JudgeError as error:
        raise CannotGoOn(f"image: {error}") from error


def build(profile: str) -> None:
    engine = engine_client(timeout=600)
    try:
        build_image(engine, profile, report)
    except BaseToolMissing:
        if not debian.has_packages():
            raise
        tools = ["mmdebstrap", "debian-archive-keyring"]
        if os.geteuid() != 0:
            tools.append("uidmap")  # without root, mmdebstrap works in a user namespace
        debian.install(*tools, purpose="Making the base of the images")
        build_image(engine, profile, report)


def report(line: str) -> None:
    say(f"image: {line}")


if __name__ == "__main__":
    main()
