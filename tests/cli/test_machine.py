"""`judge doctor` and `judge image`: what this machine has, and what is to be done."""

import json

from judge.cli.parts import Parts
from judge.doctor import Check, Condition
from judge.errors import ImageMissing
from judge.images import ImageRef
from tests.cli.conftest import Judge

FINE = Check("engine", Condition.OK, "answers")
WORSE = Check("clock", Condition.WARNING, "slow", "unsteady times", "another clock")
MISSING = Check("image", Condition.MISSING, "none", "no judging", "build it")


def an_image(profile: str) -> ImageRef:
    return ImageRef(profile, f"judge-{profile}", "sha256:1", "v1", "3.13", {"numpy": "2"}, "pulled")


def test_a_healthy_machine_is_0(judge: Judge) -> None:
    result = judge("doctor", parts=Parts(checks=lambda _: iter([FINE])))

    assert result.code == 0
    assert "engine: answers" in result.out


def test_what_is_missing_comes_with_cost_and_cure(judge: Judge) -> None:
    result = judge("doctor", parts=Parts(checks=lambda _: iter([FINE, MISSING])))

    assert result.code == 1
    for part in ("missing", "image: none", "no judging", "build it"):
        assert part in result.out


def test_a_warning_is_shown_and_is_0(judge: Judge) -> None:
    result = judge("doctor", parts=Parts(checks=lambda _: iter([FINE, WORSE])))

    assert result.code == 0
    for part in ("warning", "clock: slow", "unsteady times", "another clock"):
        assert part in result.out


def test_doctor_as_json(judge: Judge) -> None:
    result = judge("doctor", "--json", parts=Parts(checks=lambda _: iter([MISSING])))

    assert result.code == 1
    assert json.loads(result.out)["checks"][0]["cure"] == "build it"


def test_named_images_are_built(judge: Judge) -> None:
    built = []

    def build(profile: str, report: object, *, force: bool) -> ImageRef:
        built.append((profile, force))
        report("a step")
        return an_image(profile)

    result = judge("image", "build", "ml", "--force", parts=Parts(build_image=build))

    assert result.code == 0
    assert built == [("ml", True)]
    assert result.err == "a step\n"
    assert result.out == "ml: judge-ml sha256:1, base pulled\n"


def test_a_missing_image_is_listed_as_missing(judge: Judge) -> None:
    def find(profile: str) -> ImageRef:
        if profile == "ml":
            raise ImageMissing(profile)
        return an_image(profile)

    result = judge("image", "list", parts=Parts(find_image=find))

    assert result.code == 2
    assert "python: judge-python sha256:1, base pulled" in result.out
    assert "ml: the image for profile 'ml' is missing; build it with" in result.out
