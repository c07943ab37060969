"""The commands against a server: the same words, exit codes and JSON, and what a server adds."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from judge.address import read_address
from judge.engine.client import Engine
from tests.builders import SOURCE, a_package
from tests.e2e.commands import FILES, judged, run_judge
from tests.served import Served, served

pytestmark = pytest.mark.docker

SLOW = "def double(n):\n    while n < 2_000:\n        pass\n"


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("bank")
    a_package(root, files=FILES)
    return root


@pytest.fixture(scope="module")
def server(
    engine: Engine, bank: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    environment = {"JUDGE_PROBLEMS": str(bank)}
    with served(tmp_path_factory.mktemp("data"), environment=environment) as running:
        yield running


def solution(folder: Path, source: str) -> Path:
    file = folder / "double.py"
    file.write_text(source)
    return file


def test_a_server_running_on_this_machine_is_used_and_named(server: Served, tmp_path: Path) -> None:
    done = run_judge("submit", solution(tmp_path, SOURCE), **server.environment)

    assert done.returncode == 0, done.stderr
    assert f"judging double at {server.url}" in done.stderr
    assert "hidden/01 AC accepted" in done.stderr
    assert done.stdout.splitlines()[-1].startswith("double: AC accepted, 100 of 100 points")


def test_here_and_there_say_the_same_of_a_wrong_submission(
    server: Served, bank: Path, tmp_path: Path
) -> None:
    file = solution(tmp_path, "def double(n):\n    return 2 * n if n < 57 else 0\n")
    there = judged(run_judge("submit", "--json", file, **server.environment))
    here = judged(run_judge("submit", "--json", "--local", "--problems", bank, file))

    assert there["submission_id"] > 0
    assert there["counterexample"] == {
        "input": "double(57)",
        "output": "0",
        "expected": "114",
        "minimal": True,
    }
    same = ("verdict", "points", "max_points", "message", "counterexample", "problem_version")
    assert {key: there[key] for key in same} == {key: here[key] for key in same}
    assert [test["name"] for test in there["tests"]] == [test["name"] for test in here["tests"]]


def test_runs_try_samples_and_inputs_of_ones_own(server: Served, tmp_path: Path) -> None:
    file = solution(tmp_path, "def double(n):\n    print('here')\n    return n + 2\n")

    samples = run_judge("run", file, **server.environment)
    own = run_judge("run", file, "--args", "[5]", **server.environment)
    refused = run_judge("run", file, "--args", "[-1]", **server.environment)
    miscounted = run_judge("run", file, "--args", "[1, 2]", **server.environment)

    assert samples.returncode == 0, samples.stderr
    assert "1 of 1 sample tests; hidden tests run on submit" in samples.stdout
    assert own.returncode == 1
    assert [" ".join(line.split()) for line in own.stdout.splitlines()][:2] == [
        "output 7", "expected 10",
    ]  # fmt: skip
    assert refused.returncode == 2
    assert "n must not be negative" in refused.stderr
    assert miscounted.returncode == 2
    assert "the arguments are n, and 2 were given" in miscounted.stderr


def test_history_and_status_know_what_was_judged(server: Served, tmp_path: Path) -> None:
    said = judged(run_judge("submit", "--json", solution(tmp_path, SOURCE), **server.environment))
    number = said["submission_id"]

    listed = json.loads(run_judge("history", "--json", "--limit", 1, **server.environment).stdout)
    status = run_judge("status", number, "--json", **server.environment)
    unknown = run_judge("status", 10_000, **server.environment)

    assert [(one["id"], one["verdict"]) for one in listed["submissions"]] == [(number, "AC")]
    assert status.returncode == 0
    assert json.loads(status.stdout)["source"] == SOURCE
    assert unknown.returncode == 2
    assert "there is no submission 10000" in unknown.stderr


def test_ctrl_c_takes_a_submission_back(server: Served, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "judge", "submit", str(solution(tmp_path, SLOW))],
        env=os.environ | server.environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    assert process.stderr is not None
    while b"running the tests" not in process.stderr.readline():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=20)

    newest = json.loads(run_judge("history", "--json", "--limit", 1, **server.environment).stdout)
    assert process.returncode != 0
    assert newest["submissions"][0]["state"] == "cancelled"


def test_a_second_server_on_the_data_directory_is_refused(server: Served) -> None:
    second = run_judge("serve", "--port", "0", **server.environment)

    assert second.returncode == 2
    assert f"already at {server.url} (process {server.process.pid})" in second.stderr


def test_a_taken_port_is_named(server: Served, tmp_path: Path) -> None:
    port = server.url.rpartition(":")[2]

    done = run_judge("serve", "--port", port, JUDGE_DATA=str(tmp_path))

    assert done.returncode == 2
    assert f"port {port}" in done.stderr
    assert "--port" in done.stderr


def test_another_address_than_loopback_needs_a_word(tmp_path: Path) -> None:
    done = run_judge("serve", "--host", "192.0.2.1", JUDGE_DATA=str(tmp_path))

    assert done.returncode == 2
    assert "--insecure" in done.stderr


def test_no_server_where_one_is_named_is_said(tmp_path: Path) -> None:
    file = solution(tmp_path, SOURCE)
    done = run_judge("submit", "--server", "http://127.0.0.1:9", "--problem", "double", file)

    assert done.returncode == 2
    assert "no judge answers at http://127.0.0.1:9" in done.stderr


def test_in_the_background_it_starts_once_and_stops(bank: Path, tmp_path: Path) -> None:
    environment = {"JUDGE_DATA": str(tmp_path / "data"), "JUDGE_PROBLEMS": str(bank)}
    first = run_judge("serve", "--detach", "--port", "0", **environment)
    address = read_address(tmp_path / "data")
    try:
        again = run_judge("serve", "--detach", **environment)
        assert first.returncode == again.returncode == 0, first.stderr
        assert address is not None
        assert f"running already (process {address.pid})" in again.stdout
        assert f"open {address.url}/enter?code=" in first.stdout
        assert "enter?code" not in (tmp_path / "data" / "server.log").read_text()
    finally:
        stopped = run_judge("stop", **environment)
    assert stopped.stdout.splitlines() == ["stopped"]
    assert address is not None
    until = time.monotonic() + 5
    while Path(f"/proc/{address.pid}/exe").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not Path(f"/proc/{address.pid}/exe").exists()
    assert "no judge is running" in run_judge("stop", **environment).stdout
