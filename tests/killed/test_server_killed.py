"""A killed server leaves a lock, an address and half a start behind; none is in the next one's way.

No engine is needed: the worker waits for one.
"""

import contextlib
import os
import random
import secrets
import subprocess
import sys
import time
from pathlib import Path

import pytest

from judge.address import read_address, read_token
from judge.model import State
from judge.store import ME, Filter, open_store
from tests.e2e.commands import run_judge
from tests.killed.conftest import Say
from tests.killed.judging import QUICK, asking
from tests.killed.stream import Stream
from tests.served import served
from tests.waiting import eventually

pytestmark = pytest.mark.slow

NOWHERE = "unix:///nowhere/engine.sock"
STARTS = 12
KILLS = 10
START_SECONDS = 1.5


def test_a_killed_server_leaves_the_data_directory_to_the_next_one(tmp_path: Path) -> None:
    with asking(tmp_path, NOWHERE) as judge:
        submitted = judge.submit(QUICK)
        judge.server.process.kill()
        judge.server.process.wait()
        token, old = judge.server.token, judge.server.address

        assert (tmp_path / "server.json").exists()
        assert read_address(tmp_path) is None
        refused = run_judge("status", "1", "--server", old.url, JUDGE_DATA=str(tmp_path))
        assert "no judge answers" in refused.stderr

    with asking(tmp_path, NOWHERE) as judge:
        assert judge.server.token == token
        assert read_address(tmp_path) == judge.server.address != old
        assert judge.client.submission(submitted.id).state is State.QUEUED


def test_a_second_server_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    with asking(tmp_path, NOWHERE) as judge:
        second = run_judge("serve", "--port", "0", JUDGE_DATA=str(tmp_path))

        assert second.returncode == 2
        assert (
            f"already at {judge.server.url} (process {judge.server.process.pid})" in second.stderr
        )
        assert "JUDGE_DATA names another data directory" in second.stderr
        assert "Traceback" not in second.stderr
        assert judge.submit(QUICK).state is State.QUEUED
        assert read_address(tmp_path) == judge.server.address


def test_of_servers_started_at_once_one_serves(tmp_path: Path) -> None:
    starting = [_start(tmp_path / "data", tmp_path / f"{number}.txt") for number in range(3)]
    try:
        eventually(lambda: sum(one.poll() is not None for one in starting) == 2, seconds=30)
        address = eventually(lambda: read_address(tmp_path / "data"), seconds=30)

        assert address is not None
        for number, one in enumerate(starting):
            said = (tmp_path / f"{number}.txt").read_text()
            if one.pid == address.pid:
                assert one.poll() is None
            else:
                assert one.returncode == 2
                assert "a judge serves" in said
                assert "Traceback" not in said
    finally:
        for one in starting:
            one.kill()
            one.wait()


def test_a_server_killed_while_it_starts_is_in_nobodys_way(tmp_path: Path, say: Say) -> None:
    seed = secrets.randbelow(10**6)
    moments = random.Random(seed)  # noqa: S311 (to be repeated, not secret)
    tokens = set()
    for _ in range(STARTS):
        _kill_while_it_starts(tmp_path, moments.uniform(0.1, START_SECONDS))
        tokens |= {read_token(tmp_path)}
    say(f"seed {seed}: {STARTS} servers killed while they started")

    with asking(tmp_path, NOWHERE) as judge:
        assert tokens - {None} <= {judge.server.token}
        assert judge.submit(QUICK).state is State.QUEUED


def test_a_server_killed_under_a_burst_has_kept_what_it_accepted_and_once(
    tmp_path: Path, say: Say
) -> None:
    seed = secrets.randbelow(10**6)
    chance = random.Random(seed)  # noqa: S311 (to be repeated, not secret)
    stream = Stream(tmp_path, chance, waiting=10_000)
    environment = {"DOCKER_HOST": NOWHERE, "JUDGE_PROBLEMS": ""}
    with contextlib.ExitStack() as servers, stream.flowing():
        for _ in range(KILLS):
            server = servers.enter_context(served(tmp_path, environment=environment))
            time.sleep(chance.uniform(0, 1))
            server.process.kill()
            server.process.wait()
        servers.enter_context(served(tmp_path, environment=environment))
    say(
        f"seed {seed}: {KILLS} servers killed under {len(stream.accepted)} submissions, "
        f"{stream.repeated} of them accepted when asked again"
    )

    assert stream.trouble is None
    with open_store(tmp_path) as store:
        found = store.submissions.page(store.learners.named(ME), Filter(), limit=10_000)
        assert sorted(one.id for one in found) == sorted(stream.accepted)


def _start(data_dir: Path, log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as written:
        return subprocess.Popen(
            [sys.executable, "-m", "judge", "serve", "--port", "0"],
            env={**os.environ, "JUDGE_DATA": str(data_dir), "DOCKER_HOST": NOWHERE},
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
            start_new_session=True,
        )


def _kill_while_it_starts(data_dir: Path, after_seconds: float) -> None:
    process = _start(data_dir, data_dir / "log.txt")
    time.sleep(after_seconds)
    process.kill()
    process.wait()
