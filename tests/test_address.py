"""The files of a data directory by which a client finds its judge, and is let in."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from judge.address import (
    LOCK,
    Address,
    make_data_dir,
    make_token,
    read_address,
    read_token,
    remove_address,
    write_address,
)
from judge.errors import StoreReadOnly

HERE = Address("http://127.0.0.1:8642", os.getpid(), "0.1.0")


@pytest.fixture
def held(tmp_path: Path) -> Iterator[None]:
    """Hold the lock of the data directory as its server does."""
    with FileLock(tmp_path / LOCK, blocking=False):
        yield


@pytest.mark.usefixtures("held")
def test_an_address_is_read_as_it_was_written_until_it_is_removed(tmp_path: Path) -> None:
    assert read_address(tmp_path) is None
    write_address(tmp_path, HERE)
    assert read_address(tmp_path) == HERE
    remove_address(tmp_path)
    remove_address(tmp_path)
    assert read_address(tmp_path) is None


def test_the_address_of_a_server_that_died_is_none_though_its_process_id_lives(
    tmp_path: Path,
) -> None:
    write_address(tmp_path, HERE)
    assert read_address(tmp_path) is None
    with FileLock(tmp_path / LOCK):
        assert read_address(tmp_path) == HERE
    assert read_address(tmp_path) is None


@pytest.mark.parametrize(
    "content",
    [
        "", "{", "null", "[]", "{}", '{"url": "http://x"}', "\xff", '"text"',
        '{"url": "http://x", "pid": "1", "version": "1"}',
        '{"url": "http://x", "pid": null, "version": "1"}',
        '{"url": "http://x", "pid": 1.5, "version": "1"}',
        '{"url": "http://x", "pid": 1e99, "version": "1"}',
        f'{{"url": "http://x", "pid": {2**70}, "version": "1"}}',
        '{"url": "http://x", "pid": 0, "version": "1"}',
        '{"url": "http://x", "pid": -1, "version": "1"}',
        '{"url": 3, "pid": 1, "version": "1"}',
        '{"url": "http://x", "pid": 1, "version": "1", "more": 1}',
    ],
)  # fmt: skip
def test_a_file_that_is_no_address_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "server.json").write_text(content, encoding="latin-1")

    assert read_address(tmp_path) is None


def test_an_address_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    for number in range(20):
        write_address(tmp_path, Address("http://x" * number, os.getpid(), "1"))
        assert json.loads((tmp_path / "server.json").read_text())["url"] == "http://x" * number
    assert [file.name for file in tmp_path.iterdir()] == ["server.json"]


def test_a_token_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    assert read_token(tmp_path) is None
    mask = os.umask(0)
    try:
        token = make_token(tmp_path)
    finally:
        os.umask(mask)

    assert len(token) >= 43
    assert make_token(tmp_path) == read_token(tmp_path) == token
    assert (tmp_path / "token").stat().st_mode & 0o777 == 0o600


def test_a_token_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("from a backup\n")
    (tmp_path / "token").chmod(0o644)

    assert make_token(tmp_path) == "from a backup"
    assert (tmp_path / "token").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe"])
def test_a_file_that_holds_no_token_is_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "token").write_bytes(content)

    assert len(make_token(tmp_path)) >= 43
    assert read_token(tmp_path) == make_token(tmp_path)


def test_a_token_is_not_written_where_a_link_leads(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    (tmp_path / "token").symlink_to(elsewhere)

    make_token(tmp_path)
    assert not elsewhere.exists()


def test_a_data_directory_is_made_for_its_owner(tmp_path: Path) -> None:
    make_data_dir(tmp_path / "a" / "data")
    make_data_dir(tmp_path / "a" / "data")

    assert (tmp_path / "a" / "data").stat().st_mode & 0o777 == 0o700


def test_a_data_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StoreReadOnly, match="JUDGE_DATA"):
        make_data_dir(tmp_path / "file" / "data")
    with pytest.raises(StoreReadOnly, match="token"):
        make_token(tmp_path / "nowhere")
