"""The worker as a process: started again when it dies, woken, heard, and never left behind."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from judge.worker import child
from judge.worker.child import child_worker
from tests.waiting import eventually

# Writes its process id, then answers every byte it is sent, and says goodbye at the end.
POLITE = """
import os, pathlib, sys
folder = pathlib.Path(sys.argv[1])
with (folder / "started").open("a") as file:
    print(os.getpid(), file=file)
while got := os.read(0, 1):
    os.write(1, got)
(folder / "ended").touch()
"""
DIES = POLITE.replace("while got", "os.kill(os.getpid(), 9)\nwhile got")
STUBBORN = POLITE + "\nimport time\ntime.sleep(60)\n"
DEAF = "import time, pathlib, sys\npathlib.Path(sys.argv[1], 'started').touch()\ntime.sleep(60)\n"


class Ears:
    """Counts what is heard of a worker."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> None:
        self.times += 1


@pytest.fixture
def ears() -> Ears:
    return Ears()


@pytest.fixture
def run(tmp_path: Path, ears: Ears) -> Callable[[str], "contextlib.AbstractContextManager"]:
    @contextlib.contextmanager
    def running(program: str) -> Iterator[Callable[[], None]]:
        command = [sys.executable, "-c", program, str(tmp_path)]
        before = threading.active_count()
        with child_worker(command, dict(os.environ), ears) as wake:
            yield wake
        assert threading.active_count() == before

    return running


def started(folder: Path) -> list[int]:
    """The process ids of all workers that there were."""
    file = folder / "started"
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def lives(process: int) -> bool:
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, 0)
        return "Z" not in Path(f"/proc/{process}/stat").read_text().split()[2]
    return False


def test_hints_pass_both_ways(run, tmp_path: Path, ears: Ears) -> None:
    with run(POLITE) as wake:
        eventually(lambda: started(tmp_path))
        assert ears.times == 0
        wake()
        eventually(lambda: ears.times == 1)
        wake()
        eventually(lambda: ears.times == 2)


def test_a_worker_that_is_told_to_end_may_finish_what_it_does(run, tmp_path: Path) -> None:
    with run(POLITE):
        eventually(lambda: started(tmp_path))

    assert (tmp_path / "ended").exists()
    assert len(started(tmp_path)) == 1


def test_a_worker_that_does_not_end_is_killed(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "STOP_SECONDS", 0.2)
    with run(STUBBORN):
        (process,) = eventually(lambda: started(tmp_path))

    assert (tmp_path / "ended").exists()
    assert not lives(process)


def test_a_worker_that_was_killed_is_followed_by_another_and_the_server_told(
    run, tmp_path: Path, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "PAUSE_SECONDS", (0.01,))
    with run(POLITE) as wake:
        (first,) = eventually(lambda: started(tmp_path))
        os.kill(first, signal.SIGKILL)
        eventually(lambda: len(started(tmp_path)) == 2)
        assert ears.times == 1
        wake()
        eventually(lambda: ears.times == 2)
    assert not lives(started(tmp_path)[1])


def test_a_worker_that_hangs_is_killed_and_followed_by_another(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "PAUSE_SECONDS", (0.01,))
    monkeypatch.setattr(child, "SILENT_SECONDS", 0.3)
    with run(POLITE):
        (first,) = eventually(lambda: started(tmp_path))
        os.kill(first, signal.SIGSTOP)
        eventually(lambda: len(started(tmp_path)) > 1)
        assert not lives(first)


def test_a_worker_that_dies_at_once_is_not_started_in_a_frenzy(run, tmp_path: Path) -> None:
    with run(DIES):
        eventually(lambda: started(tmp_path))
        time.sleep(0.7)
        assert len(started(tmp_path)) == 1


def test_a_worker_that_cannot_be_started_is_tried_again(
    tmp_path: Path, ears: Ears, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "PAUSE_SECONDS", (0.05,))
    program = tmp_path / "program"
    with child_worker([str(program)], dict(os.environ), ears) as wake:
        eventually(lambda: ears.times)
        wake()
        script = tmp_path / "script"
        script.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\nread -r _\n")
        script.chmod(0o700)
        script.rename(program)
        eventually((tmp_path / "started").exists)


def test_a_worker_that_does_not_listen_keeps_nobody_waiting(
    run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "STOP_SECONDS", 0.1)
    with run(DEAF) as wake:
        eventually((tmp_path / "started").exists)
        begun = time.monotonic()
        for _ in range(70_000):  # more than a pipe holds
            wake()
        assert time.monotonic() - begun < 5


def test_a_worker_ends_when_its_server_is_killed(tmp_path: Path) -> None:
    server = f"""
import os, sys, time
from judge.worker.child import child_worker
command = [sys.executable, "-c", {POLITE!r}, {str(tmp_path)!r}]
with child_worker(command, dict(os.environ), lambda: None):
    time.sleep(60)
"""
    process = subprocess.Popen([sys.executable, "-c", server], cwd=Path.cwd())
    try:
        (worker,) = eventually(lambda: started(tmp_path))
    finally:
        process.kill()
        process.wait()
    eventually((tmp_path / "ended").exists)
    eventually(lambda: not lives(worker))
