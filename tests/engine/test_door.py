"""The door beside the engine's attach call: taken once, then gone; and what happens without."""

import os
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from judge.engine.attach import Stream
from judge.engine.container import is_alive
from judge.engine.door import Door, sweep_doors
from judge.engine.line import StreamClosed, StreamTimeout
from judge.proxy.framing import pack


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.fixture
def door() -> Iterator[Door]:
    door = Door()
    yield door
    door.close()


@pytest.fixture
def pair(door: Door) -> Iterator[tuple[Stream, socket.socket]]:
    ours, engine = socket.socketpair()
    with ours, engine:
        stream = Stream(ours, door)
        yield stream, engine
        stream.close()


def come_in(door: Door) -> socket.socket:
    [path] = Path(str(door.mount["Source"])).iterdir()
    pid_1 = socket.socket(socket.AF_UNIX)
    folder = os.open(path.parent, os.O_PATH)  # a temporary folder may be too deep for a socket
    pid_1.connect(f"/proc/self/fd/{folder}/{path.name}")
    os.close(folder)
    return pid_1


def chunk(data: bytes, stream: int = 1) -> bytes:
    return struct.pack(">BxxxL", stream, len(data)) + data


def test_frames_go_through_the_door_both_ways(
    pair: tuple[Stream, socket.socket], door: Door
) -> None:
    stream, engine = pair
    with come_in(door) as pid_1:
        pid_1.sendall(pack({"kind": "ready"}, b"payload"))

        assert stream.receive(5) == ({"kind": "ready"}, b"payload")
        stream.send({"kind": "call"}, b"request")
        assert pid_1.recv(1 << 16) == pack({"kind": "call"}, b"request")

    engine.setblocking(False)
    with pytest.raises(BlockingIOError):
        engine.recv(1)


def test_one_comes_in_and_nothing_is_left(
    pair: tuple[Stream, socket.socket], door: Door, tmp_path: Path
) -> None:
    with come_in(door) as pid_1:
        pid_1.sendall(pack({"kind": "ready"}))
        pair[0].receive(5)

        assert list(tmp_path.iterdir()) == []


def test_one_that_takes_no_door_is_heard_through_the_engine(
    pair: tuple[Stream, socket.socket], tmp_path: Path
) -> None:
    stream, engine = pair
    engine.sendall(chunk(b"a warning\n", 2))
    engine.sendall(chunk(pack({"kind": "ready"}) + pack({"kind": "more"})))

    assert [stream.receive(5)[0]["kind"] for _ in range(2)] == ["ready", "more"]
    stream.send({"kind": "call"})
    assert engine.recv(1 << 16) == pack({"kind": "call"})
    assert stream.stderr == "a warning\n"
    assert list(tmp_path.iterdir()) == []


def test_what_it_complains_of_is_heard_beside_the_door(
    pair: tuple[Stream, socket.socket], door: Door
) -> None:
    stream, engine = pair
    with come_in(door) as pid_1:
        pid_1.sendall(pack({"kind": "ready"}))
        stream.receive(5)
        engine.sendall(chunk(b"Traceback", 2))
    engine.shutdown(socket.SHUT_WR)

    with pytest.raises(StreamClosed, match="Traceback"):
        stream.receive(5)
    assert not stream.is_open()


def test_nobody_comes(pair: tuple[Stream, socket.socket], tmp_path: Path) -> None:
    with pytest.raises(StreamTimeout):
        pair[0].receive(0.02)
    pair[0].close()

    assert list(tmp_path.iterdir()) == []


def test_it_died_before_it_came(pair: tuple[Stream, socket.socket]) -> None:
    stream, engine = pair
    engine.sendall(chunk(b"exec format error", 2))
    engine.shutdown(socket.SHUT_WR)

    with pytest.raises(StreamClosed, match="exec format error"):
        stream.receive(5)


def test_other_users_of_the_machine_are_kept_out(door: Door) -> None:
    inner = Path(str(door.mount["Source"]))

    assert inner.parent.stat().st_mode & 0o777 == 0o700
    assert inner.stat().st_mode & 0o777 == 0o755
    assert door.mount["ReadOnly"] is True


def test_the_name_of_the_socket_does_not_say_where_it_lies(door: Door, tmp_path: Path) -> None:
    table = Path("/proc/net/unix").read_text(encoding="ascii")

    assert "/proc/self/fd/" in table
    assert str(tmp_path) not in table


def test_where_nothing_can_be_written_there_is_no_door(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))

    with pytest.raises(FileNotFoundError):
        Door()


def test_what_a_killed_judge_left_is_swept(tmp_path: Path, door: Door) -> None:
    dead = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    for owner in (f"{dead.stdout.strip()}-a", "x", f"{os.getpid()}-"):
        (tmp_path / f"judge-door-{owner}").mkdir()

    sweep_doors(is_alive)

    left = {path.name for path in tmp_path.iterdir()}
    assert left == {
        "judge-door-x",
        f"judge-door-{os.getpid()}-",
        Path(str(door.mount["Source"])).parent.name,
    }
