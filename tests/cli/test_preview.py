"""`judge problem preview`, as a process of its own: one link, one problem, nothing left."""

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.builders import SOURCE, a_package
from tests.waiting import eventually

LINK = re.compile(r"open (http://127\.0\.0\.1:\d+)(/enter\?\S+) \(works once")


@dataclass
class Place:
    """A package, and where the preview may write: its own temporary folder and nowhere else."""

    package: Path
    temporary: Path
    data: Path
    browsed: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            "DOCKER_HOST": "unix:///nonexistent/engine.sock",
            "TMPDIR": str(self.temporary),
            "JUDGE_DATA": str(self.data),
            "BROWSER": f"{sys.executable} {self.temporary.parent / 'browser.py'} %s",
        }


@pytest.fixture
def place(tmp_path: Path) -> Place:
    files = {"statement.md": "# Double\n", "submissions/accepted/a.py": SOURCE}
    package = a_package(tmp_path / "bank", files=files)
    (tmp_path / "temporary").mkdir()
    browsed = tmp_path / "browsed"
    (tmp_path / "browser.py").write_text(
        f"import sys\nopen({str(browsed)!r}, 'w').write(sys.argv[1])\n"
    )
    return Place(package, tmp_path / "temporary", tmp_path / "data", browsed)


@contextlib.contextmanager
def previewed(place: Place, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Run the command until the block is left; give it and what it has said."""
    process = subprocess.Popen(
        [sys.executable, "-m", "judge", "problem", "preview", str(place.package), *arguments],
        env={**os.environ, **place.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    with process:
        try:
            yield process, [process.stdout.readline() for _ in range(3)]
        finally:
            process.kill()


def test_a_link_leads_to_the_problem_and_ctrl_c_leaves_nothing(place: Place) -> None:
    with previewed(place) as (process, said):
        found = LINK.match(said[1])
        assert found is not None, said
        with httpx.Client(base_url=found[1]) as browser:
            assert browser.get(found[2]).headers["location"] == "/problems/double"
            listed = browser.get("/api/problems").json()["problems"]
            assert [one["problem"] for one in listed] == ["double"]

            (place.package / "statement.md").write_text("# Doubled again\n")
            assert eventually(
                lambda: "Doubled again" in browser.get("/api/problems/double").text, 10
            )
        assert list(place.temporary.iterdir()) != []

        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0

    assert str(place.package) in said[0]
    assert "Ctrl-C" in said[2]
    assert list(place.temporary.iterdir()) == []
    assert not place.data.exists()
    assert not place.browsed.exists()


def test_a_browser_gets_a_link_of_its_own(place: Place) -> None:
    with previewed(place, "--open") as (_, said):
        opened = eventually(lambda: place.browsed.exists() and place.browsed.read_text(), 10)

    assert opened.endswith("&problem=double")
    assert opened not in said[1]


def test_a_malformed_package_is_2_and_names_the_file(place: Place) -> None:
    (place.package / "problem.toml").write_text("titel = 'x'\n")
    done = subprocess.run(
        [sys.executable, "-m", "judge", "problem", "preview", str(place.package)],
        env={**os.environ, **place.environment},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "problem.toml: titel: unknown key" in done.stderr
    assert list(place.temporary.iterdir()) == []
