"""The server as a process, on a machine without a container engine."""

import os
import signal
import socket
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from filelock import FileLock
from sqlalchemy import text

from judge.address import LOCK, open_log, read_address
from judge.api.said import reasons
from judge.bootstrap.server import Listening, run_server
from judge.client import connect, follow
from judge.errors import DatabaseTooNew, DataDirectoryTaken, SetupError, StoreReadOnly
from judge.model import State
from judge.settings import Settings
from judge.store import Kind, open_store
from judge.wire import NewSubmission
from tests.builders import SOURCE, a_package
from tests.served import Served, served
from tests.waiting import eventually

NO_ENGINE = {"DOCKER_HOST": "unix:///nonexistent/engine.sock"}
NEW = NewSubmission(problem="double", source=SOURCE, key="k")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    bank = tmp_path_factory.mktemp("bank")
    a_package(bank)
    return NO_ENGINE | {"JUDGE_PROBLEMS": str(bank)}


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]
) -> Iterator[Served]:
    data_dir = tmp_path_factory.mktemp("served") / "data"
    with served(data_dir, environment=environment) as running:
        yield running


def never(*_answered: object) -> None:
    raise AssertionError("it answers, and should not")


def run(data_dir: Path, **where: object) -> None:
    """Run a server in this process that is expected not to begin."""
    mask = os.umask(0o022)
    try:
        run_server(Settings(data_dir, ()), Listening(**{"port": 0, **where}), never)
    finally:
        os.umask(mask)


def test_without_an_engine_it_accepts_and_says_what_it_waits_for(server: Served) -> None:
    with connect(server.url, server.token) as client:
        accepted = client.submit(NEW)
        reason = eventually(lambda: _of_engine(client.submission(accepted.id).reason), 20)
        ready = client.readiness()

    assert "container engine" in reason
    assert (ready.ready, ready.reasons, ready.queued) == (False, (reason,), 1)


def _of_engine(reason: str | None) -> str:
    return reason if reason is not None and "engine" in reason else ""


def test_what_it_writes_is_its_owners_alone(server: Served) -> None:
    with connect(server.url, server.token) as client:
        client.submit(NEW)
    written = {file.name: file for file in server.data_dir.iterdir() if file.name != "log.txt"}

    assert {"judge.db", "token", "server.json", LOCK} <= set(written)
    readable = [name for name, file in written.items() if stat.S_IMODE(file.stat().st_mode) & 0o077]
    assert readable == []


def test_its_log_holds_no_key(server: Served) -> None:
    with connect(server.url, server.token) as client:
        path = client.new_link().path
        entered = httpx.get(server.url + path, follow_redirects=False)
    log = (server.data_dir / "log.txt").read_text()

    assert entered.status_code == 303
    assert server.url in log
    code = path.partition("=")[2]
    for secret in (server.token, code, *entered.cookies.values()):
        assert secret not in log


@pytest.mark.slow
def test_told_to_end_it_ends_at_once_and_whoever_follows_goes_on_at_the_next(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    port = str(_free_port())
    data_dir, heard = tmp_path / "data", []
    with (
        served(data_dir, "--port", port, environment=environment) as first,
        connect(first.url, first.token) as client,
    ):
        number = client.submit(NEW).id

        def listen() -> None:
            heard.extend(event.kind for event in follow(client, "submissions", number))

        listening = threading.Thread(target=listen)
        listening.start()
        eventually(lambda: _streams(first) == 1)
        first.process.send_signal(signal.SIGTERM)
        assert first.process.wait(5) == 0
        assert not (data_dir / "server.json").exists()
        with (
            served(data_dir, "--port", port, environment=environment) as second,
            connect(second.url, second.token) as other,
        ):
            assert other.submit(NEW).id == number
            other.cancel("submissions", number)
            listening.join(10)

    assert heard[0] == "state"
    assert heard[-1] == "done"
    assert heard.count("done") == 1


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _streams(server: Served) -> float:
    lines = httpx.get(f"{server.url}/metrics").text.splitlines()
    return float(next(line for line in lines if line.startswith("judge_event_streams ")).split()[1])


@pytest.mark.slow
def test_killed_it_leaves_nothing_that_hinders_the_next(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    data_dir = tmp_path / "data"
    with served(data_dir, environment=environment) as first:
        with connect(first.url, first.token) as client:
            accepted = client.submit(NEW)
            eventually(lambda: _of_engine(client.submission(accepted.id).reason), 20)
        workers = children(first.process.pid)
        assert workers != []
        first.process.kill()
        first.process.wait()
    assert read_address(data_dir) is None
    eventually(lambda: not any(Path(f"/proc/{one}").exists() for one in workers))

    with FileLock(data_dir / LOCK, blocking=False), open_store(data_dir, migrate=True) as store:
        assert store.submissions.counts() == {State.QUEUED: 1}
        assert store.submissions.get(1, Kind.SUBMISSION, accepted.id).wanted.source == SOURCE


def children(process: int) -> list[int]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for file in tasks for child in file.read_text().split()]


def test_a_data_directory_has_one_server(server: Served) -> None:
    with pytest.raises(DataDirectoryTaken, match=rf"already at {server.url} \(process"):
        run(server.data_dir)


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with open_store(tmp_path, migrate=True) as store, store.database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(DatabaseTooNew):
        run(tmp_path)
    assert not (tmp_path / "server.json").exists()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "judge.example", ""])  # noqa: S104 (to be refused)
def test_an_address_that_others_reach_needs_a_word(tmp_path: Path, host: str) -> None:
    with pytest.raises(SetupError, match="--insecure"):
        run(tmp_path, host=host)


def test_an_address_of_another_machine_cannot_be_had(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"cannot listen at 192\.0\.2\.1 .*--port"):
        run(tmp_path, host="192.0.2.1", insecure=True)


def test_a_port_in_use_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SetupError, match=rf"port {port}: .*in use; .*--port"):
            run(tmp_path, port=port)


def test_it_can_be_had_by_ipv6_and_by_a_name_that_was_allowed_until_ctrl_c(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    with socket.socket(socket.AF_INET6) as probe:
        try:
            probe.bind(("::1", 0))
        except OSError:
            pytest.skip("this machine has no IPv6")
    arguments = ("--host", "::1", "--allow-host", "judge.example")
    with served(tmp_path / "data", *arguments, environment=environment) as running:
        assert running.url.startswith("http://[::1]:")
        with connect(running.url, running.token) as client:
            assert client.slugs() == ["double"]
        statuses = [
            httpx.get(f"{running.url}/api/version", headers={"Host": name}).status_code
            for name in ("judge.example", "other.example")
        ]
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(5) == 0

    assert statuses == [200, 421]


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder nobody can write to")
def test_a_data_directory_that_cannot_be_written_is_named() -> None:
    with pytest.raises(StoreReadOnly, match=r"/proc/self.*JUDGE_DATA"):
        run_server(Settings(Path("/proc/self"), ()), Listening(port=0), lambda *_: None)
    with pytest.raises(StoreReadOnly, match="JUDGE_DATA"):
        open_log(Path("/proc/self"))


def test_a_full_disk_is_a_reason_not_to_be_ready(
    server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(server.data_dir) as store:
        without = reasons(store)
        monkeypatch.setattr("judge.api.said.ROOM_BYTES", 1 << 60)
        assert "disk is full" in reasons(store)[0]
        assert reasons(store)[1:] == without
