"""The file: made by migrations, refused when it is not ours, and its failures in our words."""

import contextlib
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text

from judge.errors import DatabaseTooNew, StoreError, StoreFull, StoreReadOnly
from judge.store import Filter, Store, open_store
from judge.store.tables import metadata
from tests.builders import wanted
from tests.stored import full_disk, new_store

# What reads nothing but the data: tables of SQLite and Alembic, triggers that no metadata knows.
SCHEMA = """
SELECT type, name, sql FROM sqlite_master
WHERE type IN ('table', 'index') AND name NOT LIKE 'sqlite_%' AND name != 'alembic_version'
ORDER BY type, name
"""


def schema(file: Path) -> list[tuple[str, str, str]]:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        return [
            (kind, name, " ".join(sql.split()) if sql else "")
            for kind, name, sql in connection.execute(SCHEMA)
        ]


@contextlib.contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """A file system of its own at `folder`, where whoever runs the tests may make one."""
    made = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    done = subprocess.run(made, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        pytest.skip(f"cannot mount: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)  # noqa: S607 (where PATH says)


def test_alembic_sees_no_difference_between_migrations_and_tables(store: Store) -> None:
    with store.database.read() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_migrations_write_the_very_statements_of_the_tables(store: Store, tmp_path: Path) -> None:
    # Alembic compares neither the WHERE of an index nor AUTOINCREMENT nor ON DELETE.
    made = create_engine(f"sqlite:///{tmp_path / 'made.db'}")
    metadata.create_all(made)
    made.dispose()

    assert schema(store.database.path) == schema(tmp_path / "made.db")


def test_opening_again_keeps_what_is_there(tmp_path: Path) -> None:
    with new_store(tmp_path) as first:
        accepted = first.submissions.accept(first.learners.named("me"), wanted())
    with new_store(tmp_path) as again:
        found = again.submissions.get(1, accepted.wanted.kind, accepted.id)

    assert found == accepted


def test_a_database_of_a_newer_version_is_refused_untouched(tmp_path: Path) -> None:
    with new_store(tmp_path) as store, store.database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        file = store.database.path
    before = schema(file)

    with (
        pytest.raises(DatabaseTooNew, match=r"judge\.db was written by a newer version"),
        new_store(tmp_path),
    ):
        pass
    assert schema(file) == before


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "judge.db").write_bytes(b"something else altogether\n" * 200)

    with (
        pytest.raises(StoreError, match=r"judge\.db: file is not a database"),
        open_store(tmp_path, migrate=True),
    ):
        pass


def test_a_database_that_nobody_migrated_is_an_error_of_the_store(tmp_path: Path) -> None:
    with open_store(tmp_path) as store, pytest.raises(StoreError, match="no such table"):
        store.submissions.counts()


def test_a_data_directory_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with (
        pytest.raises(StoreReadOnly, match=r"cannot be written .*JUDGE_DATA"),
        open_store(tmp_path / "file" / "data", migrate=True),
    ):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount")
def test_a_read_only_data_directory_says_so_and_how_to_help(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    with (
        mounted(folder, "ro,size=1m"),
        pytest.raises(StoreReadOnly, match=r"judge\.db cannot be written .*JUDGE_DATA"),
        open_store(folder, migrate=True),
    ):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_data_directory_without_permission_says_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with (
        pytest.raises(StoreReadOnly, match="cannot be written"),
        open_store(tmp_path, migrate=True),
    ):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount")
def test_a_disk_that_fills_up_is_told_from_a_bug_and_nothing_is_half_written(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    with mounted(folder, "size=1m"), open_store(folder, migrate=True) as store:
        me = store.learners.named("me")
        with pytest.raises(StoreFull, match=r"judge\.db cannot grow .*free some space"):
            _fill(store, me)
        with store.database.read() as connection:
            counted = connection.execute(
                text(
                    "SELECT (SELECT count(*) FROM submissions), (SELECT count(*) FROM sources),"
                    " (SELECT count(*) FROM events)"
                )
            ).one()
            sound = connection.execute(text("PRAGMA integrity_check")).scalar_one()

    assert counted[0] > 0
    assert len(set(counted)) == 1
    assert sound == "ok"


def test_with_space_again_the_store_goes_on(store: Store, me: int) -> None:
    with full_disk(store) as space_again:
        with pytest.raises(StoreFull):
            store.submissions.accept(me, wanted(source="#" * 100_000))
        space_again()
        accepted = store.submissions.accept(me, wanted(source="#" * 100_000))

    assert [one.id for one in store.submissions.page(me, Filter(), limit=9)] == [accepted.id]


def test_a_reader_sees_one_state_throughout(store: Store, me: int) -> None:
    count = text("SELECT count(*) FROM submissions")
    with store.database.read() as reading:
        before = reading.execute(count).scalar_one()
        store.submissions.accept(me, wanted())
        after = reading.execute(count).scalar_one()

    assert (before, after) == (0, 0)
    assert store.submissions.counts() != {}


def test_an_error_in_the_middle_undoes_what_was_before(store: Store, me: int) -> None:
    def interrupted() -> None:
        with store.database.write() as connection:
            connection.execute(text("UPDATE learners SET name = 'someone else'"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        interrupted()

    assert store.learners.named("me") == me


def _fill(store: Store, learner: int) -> None:
    for _ in range(100):
        store.submissions.accept(learner, wanted(source="#" * 100_000))
