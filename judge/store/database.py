"""One SQLite file in WAL mode: opened, brought up to date, its failures turned into ours.

Reading never waits. Writers take turns from their first statement on (BEGIN IMMEDIATE), so that a
transaction that has begun cannot fail half-way because somebody else was faster. Those of one
process queue at a lock of our own: SQLite's way of waiting is to try again after a while, which
makes fifty at once slow and leaves who comes first to chance. `write(durable=True)` is on the disk
when it returns; without it a power cut, and nothing less, may undo it.
"""

import contextlib
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from judge.errors import DatabaseTooNew, StoreError, StoreFull, StoreReadOnly

NAME = "judge.db"
BUSY_SECONDS = 30
_MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """The connections to one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = create_engine(
            f"sqlite:///{path}",
            connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
            pool_size=8,
            max_overflow=64,
        )
        event.listen(self._engine, "connect", _prepare)
        self._turn = threading.Lock()

    def migrate(self) -> None:
        """Create the tables or bring them up to date.

        Raises:
            DatabaseTooNew: a newer version of this project wrote it.
            StoreError: it cannot be written.
        """
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        known = ScriptDirectory.from_config(config)
        with self.write(durable=True) as connection:
            found = MigrationContext.configure(connection).get_current_revision()
            if found is not None and found not in {one.revision for one in known.walk_revisions()}:
                raise DatabaseTooNew(self.path)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database throughout."""
        with self._failures(), self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            yield connection

    @contextlib.contextmanager
    def write(self, *, durable: bool = False) -> Iterator[Connection]:
        """Give a connection whose changes are there together at the end, or not at all."""
        how = "FULL" if durable else "NORMAL"
        with self._failures(), self._my_turn(), self._engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA synchronous = {how}")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            connection.commit()

    def free_bytes(self) -> int:
        """Return how much more the disk of the file can take."""
        return shutil.disk_usage(self.path.parent).free

    def close(self) -> None:
        """Close every connection that is not in use."""
        self._engine.dispose()

    @contextlib.contextmanager
    def _my_turn(self) -> Iterator[None]:
        if not self._turn.acquire(timeout=BUSY_SECONDS):
            raise StoreError(f"{self.path}: others have been writing for {BUSY_SECONDS} seconds")
        try:
            yield
        finally:
            self._turn.release()

    @contextlib.contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise _failure(self.path, error) from error

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's engine, for who compares tables."""
        return self._engine


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 (SQLAlchemy's)
    connection.isolation_level = None  # transactions begin where we say so
    for pragma in (
        "journal_mode = WAL",
        "foreign_keys = ON",
        "recursive_triggers = ON",  # or a REPLACE would delete past the triggers that forbid it
        "temp_store = MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _failure(path: Path, error: DBAPIError) -> StoreError:
    reason = str(error.orig)
    if "readonly" in reason or "unable to open" in reason:
        return StoreReadOnly(path, reason)
    if "full" in reason or "disk I/O" in reason:
        return StoreFull(path, reason)
    return StoreError(f"{path}: {reason}")
