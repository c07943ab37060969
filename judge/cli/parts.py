"""What the commands work with, handed to them as one object that tests replace."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from judge.settings import Settings

if TYPE_CHECKING:
    from judge.address import Address
    from judge.catalog import Problem
    from judge.doctor import Check
    from judge.images import ImageRef
    from judge.judging.events import Listener
    from judge.model import Judgement, Trial


class Judge(Protocol):
    """What judges a submission or tries one input; see `judge.bootstrap`."""

    def judge(
        self,
        problem: "Problem",
        source: str,
        listener: "Listener" = ...,
        *,
        samples_only: bool = ...,
        brief: bool = ...,
    ) -> "Judgement": ...

    def identity(self, profile: str) -> str: ...

    def try_input(
        self,
        problem: "Problem",
        source: str,
        args: list[object] | None,
        stdin: str | None,
        listener: "Listener",
    ) -> "Trial": ...


OpenJudge = Callable[[Settings, Sequence[str]], AbstractContextManager[Judge]]
Report = Callable[[str], None]


def _open_judge(settings: Settings, profiles: Sequence[str]) -> AbstractContextManager[Judge]:
    from judge.bootstrap import local_judge

    return local_judge(settings, profiles)


def _checks(settings: Settings) -> "Iterator[Check]":
    from judge import doctor

    return doctor.checks(settings)


def _build_image(profile: str, report: Report, *, force: bool) -> "ImageRef":
    from judge.images import build_image, engine_client

    return build_image(engine_client(), profile, report, force=force)


def _find_image(profile: str) -> "ImageRef":
    from judge.images import engine_client, find_image

    return find_image(engine_client(), profile)


def _find_server(settings: Settings) -> "Address | None":
    from judge.address import read_address

    return read_address(settings.data_dir)


class BuildImage(Protocol):
    """Makes the image of a profile unless it is there already."""

    def __call__(self, profile: str, report: Report, *, force: bool) -> "ImageRef": ...


@dataclass(frozen=True, slots=True)
class Parts:
    """Ways to a judge, to the doctor and to images; nothing happens until one is called."""

    open_judge: OpenJudge = _open_judge
    checks: "Callable[[Settings], Iterator[Check]]" = _checks
    build_image: BuildImage = _build_image
    find_image: "Callable[[str], ImageRef]" = _find_image
    find_server: "Callable[[Settings], Address | None]" = _find_server


@dataclass(slots=True)
class Session:
    """One invocation of `judge`: its parts, and what was said before the command."""

    parts: Parts
    debug: bool = False
