"""Every problem's tests run in an author's own pytest, as docs/authoring.md says."""

import subprocess
import sys
from pathlib import Path

import pytest

PROBLEMS = sorted(Path("problems").iterdir())


@pytest.mark.parametrize("folder", PROBLEMS, ids=lambda folder: folder.name)
def test_samples_pass_with_the_reference(folder: Path) -> None:
    chosen = ["-q", "-p", "no:cacheprovider", "-k", "samples or reference or alone", str(folder)]

    ran = subprocess.run(
        [sys.executable, "-m", "pytest", *chosen], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout[-2_000:]
    assert " passed" in ran.stdout
