import io
import tarfile
from pathlib import Path

from judge.images.context import libraries_context, runner_context

SOURCES = {
    "runner-image/Dockerfile": b"FROM x",
    "runner-image/libraries.Dockerfile": b"FROM y",
    "runner-image/box/supervisor.py": b"box",
    "judge/__init__.py": b"init",
    "judge/proxy/codec.py": b"codec",
}


def contents(archive: bytes) -> dict[str, bytes]:
    with tarfile.open(fileobj=io.BytesIO(archive)) as opened:
        files = [entry for entry in opened if entry.isfile()]
        return {entry.name: opened.extractfile(entry).read() for entry in files}  # type: ignore[union-attr]  # only files are asked for


def runner(sources: dict[str, bytes]) -> bytes:
    into = io.BytesIO()
    runner_context(sources, into)
    return into.getvalue()


def test_our_code_gets_to_the_places_the_recipe_copies_from():
    assert contents(runner(SOURCES)) == {
        "Dockerfile": b"FROM x",
        "box/supervisor.py": b"box",
        "lib/judge/__init__.py": b"init",
        "lib/judge/proxy/codec.py": b"codec",
    }


def test_a_folder_without_files_is_there_too():
    with tarfile.open(fileobj=io.BytesIO(runner(SOURCES))) as archive:
        folders = {entry.name for entry in archive if entry.isdir()}

    assert "grader" in folders


def test_same_sources_make_the_same_bytes():
    assert runner(SOURCES) == runner(dict(reversed(SOURCES.items())))


def test_everything_belongs_to_root_and_is_readable_by_all():
    with tarfile.open(fileobj=io.BytesIO(runner(SOURCES))) as archive:
        entries = archive.getmembers()

    assert {(entry.uid, entry.gid) for entry in entries} == {(0, 0)}
    assert {entry.mode for entry in entries if entry.isfile()} == {0o644}


def test_wheels_lie_beside_the_pins_they_belong_to(tmp_path: Path):
    (tmp_path / "numpy-1-none-any.whl").write_bytes(b"wheel")
    into = io.BytesIO()

    libraries_context(b"FROM y", {"profile": b"numpy==1"}, {"profile": tmp_path}, into)

    assert contents(into.getvalue()) == {
        "Dockerfile": b"FROM y",
        "wheels/profile.txt": b"numpy==1",
        "wheels/profile/numpy-1-none-any.whl": b"wheel",
    }
