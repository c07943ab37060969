"""What is kept between two runs, and that a file nobody can read costs time only."""

from pathlib import Path

import pytest

from judge.judging.verdict_cache import verdict_cache


def test_what_is_put_is_there_next_time(tmp_path: Path) -> None:
    path = tmp_path / "new" / "double.json"
    with verdict_cache(path) as cache:
        cache.put("a", "WA hidden/01")
    with verdict_cache(path) as cache:
        assert cache.get("a") == "WA hidden/01"
        assert cache.get("b") is None


def test_what_nobody_asks_for_is_forgotten_by_a_whole_run_only(tmp_path: Path) -> None:
    path = tmp_path / "double.json"
    with verdict_cache(path) as cache:
        cache.put("a", "")
        cache.put("b", "")
    with verdict_cache(path, forgets=False) as cache:
        cache.get("a")
    with verdict_cache(path) as cache:
        assert cache.known == {"a": "", "b": ""}
        cache.get("a")
    with verdict_cache(path) as cache:
        assert cache.known == {"a": ""}


def interrupted(path: Path) -> None:
    with verdict_cache(path) as cache:
        cache.put("b", "")
        raise KeyboardInterrupt


def test_an_interrupted_run_adds_to_what_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "double.json"
    with verdict_cache(path) as cache:
        cache.put("a", "")
    with pytest.raises(KeyboardInterrupt):
        interrupted(path)
    with verdict_cache(path) as cache:
        assert cache.known == {"a": "", "b": ""}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"3"])
def test_a_broken_file_is_no_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "double.json"
    path.write_bytes(content)
    with verdict_cache(path) as cache:
        assert cache.known == {}
