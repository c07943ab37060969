import hashlib
import re
from pathlib import Path

import pytest

from judge.errors import SetupError
from judge.images.version import read_sources
from judge.images.wheels import fetch_wheels, pinned_count

ROOT = Path(__file__).parents[2]
PINS = {
    name: content
    for name, content in read_sources().items()
    if name.startswith("runner-image/requirements/") and name.endswith(".txt")
}
LOCKS = {**PINS, "requirements.lock": (ROOT / "requirements.lock").read_bytes()}


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_version_and_hashes(name: str):
    entries = LOCKS[name].decode().replace("\\\n", " ").splitlines()

    assert entries
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_index(name: str):
    assert not re.search(rb"https?:|file:|index-url|find-links", LOCKS[name])


def test_profiles_agree_on_the_libraries_they_share():
    small, large = (
        dict(re.findall(rb"(?m)^([\w.-]+)==(\S+)", PINS[f"runner-image/requirements/{name}.txt"]))
        for name in ("python", "ml")
    )

    assert small.items() <= large.items()


def test_wheels_fetched_before_are_not_fetched_again(tmp_path: Path):
    pins = b"numpy==1 --hash=sha256:00\n"
    kept = tmp_path / "wheels" / "x86_64" / f"python-{hashlib.sha256(pins).hexdigest()[:12]}"
    kept.mkdir(parents=True)

    assert fetch_wheels("python", pins, "amd64", tmp_path, pytest.fail) == kept


def test_pins_that_cannot_be_fetched_say_whose_and_leave_nothing(tmp_path: Path):
    said: list[str] = []

    with pytest.raises(SetupError, match="wheels for python"):
        fetch_wheels("python", b"numpy==1\n", "x86_64", tmp_path, said.append)  # has no hash

    assert said == ["fetching 1 wheel for python"]
    assert list((tmp_path / "wheels" / "x86_64").iterdir()) == []


def test_pins_for_other_systems_are_not_counted():
    assert pinned_count(b"a==1 \\\n  --hash=x\ncolorama==2 ; sys_platform == 'win32' \\\n") == 1
