"""What a worker does about images that are not there."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from judge.bootstrap import LocalJudge
from judge.bootstrap.worker import note_images
from judge.errors import ImageMissing, ImageOutdated, JudgeError
from judge.images import ImageRef
from tests.stored import new_store

PYTHON = ImageRef("python", "t", "sha256:1", "v1", "3.13", {"numpy": "2"}, "pulled")
OUTDATED = ImageOutdated("ml", "old", "new")


def with_images(found: Mapping[str, ImageRef | JudgeError]) -> LocalJudge:
    """Return a judge that is asked for nothing but images."""
    judge = object.__new__(LocalJudge)

    def image(profile: str) -> ImageRef:
        if isinstance(one := found[profile], JudgeError):
            raise one
        return one

    judge.image = image  # type: ignore[method-assign]  # nothing else of it is used
    return judge


def test_one_image_is_enough_to_judge_what_needs_it(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        note_images(with_images({"python": PYTHON, "ml": OUTDATED}), store)

        facts = store.service.image("python")
        assert facts is not None
        assert facts.digest == "sha256:1"
        assert store.service.image("ml") is None


def test_without_any_image_nothing_can_be_judged(tmp_path: Path) -> None:
    missing = ImageMissing("python")

    with new_store(tmp_path) as store, pytest.raises(ImageMissing, match="image build python"):
        note_images(with_images({"python": missing, "ml": OUTDATED}), store)
