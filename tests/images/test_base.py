from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from docker.errors import APIError, ImageNotFound

from judge.images.base import MADE, PULLED, BaseToolMissing, find_or_make_base


class FakeImages:
    """The images of an engine: what is there, and whether a registry answers."""

    def __init__(self, *tags: str, registry: bool = False) -> None:
        self.tags = set(tags)
        self.registry = registry
        self.created = "2024-01-01T00:00:00.123456789Z"

    def get(self, tag: str):
        if tag not in self.tags:
            raise ImageNotFound("no such image")
        return SimpleNamespace(id=f"id of {tag}", attrs={"Created": self.created})

    def get_registry_data(self, tag: str) -> None:
        if not self.registry:
            raise APIError("500 Server Error: lookup registry: no such host")

    def pull(self, tag: str) -> None:
        self.tags.add(tag)


def an_engine(images: FakeImages):
    return SimpleNamespace(images=images, api=SimpleNamespace(timeout=60))


@pytest.mark.parametrize(("tag", "way"), [(PULLED, "pulled"), (MADE, "mmdebstrap")])
def test_a_base_that_is_there_is_used_in_silence(tag, way, tmp_path):
    base = find_or_make_base(an_engine(FakeImages(tag)), tmp_path, pytest.fail)

    assert (base.digest, base.way) == (f"id of {tag}", way)


def test_the_official_base_is_pulled_where_a_registry_answers(tmp_path):
    said: list[str] = []
    engine = an_engine(FakeImages(registry=True))

    base = find_or_make_base(engine, tmp_path, said.append)

    assert base.way == "pulled"
    assert said == [f"pulling {PULLED} …"]
    assert engine.api.timeout == 60


def test_without_registry_and_mmdebstrap_the_cure_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    said: list[str] = []

    with pytest.raises(BaseToolMissing, match="apt-get install mmdebstrap"):
        find_or_make_base(an_engine(FakeImages()), tmp_path, said.append)

    assert "no such host" in said[-1]
    assert "mmdebstrap" in said[-1]


def test_force_asks_the_registry_anew(tmp_path, monkeypatch):
    said: list[str] = []

    find_or_make_base(an_engine(FakeImages(MADE, registry=True)), tmp_path, said.append, force=True)

    assert said == [f"pulling {PULLED} …"]


def test_forced_builds_one_after_the_other_share_a_base_made_here(tmp_path):
    images = FakeImages(MADE)
    images.created = datetime.now(UTC).isoformat()

    base = find_or_make_base(an_engine(images), tmp_path, lambda line: None, force=True)

    assert base.way == "mmdebstrap"


def test_a_base_made_long_ago_is_made_anew_by_force(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(BaseToolMissing):
        find_or_make_base(an_engine(FakeImages(MADE)), tmp_path, lambda line: None, force=True)
