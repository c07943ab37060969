"""What workers leave for the server to read: that they live, what ails them, what images hold."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from judge.store import tables
from judge.store.database import Database
from judge.store.records import ImageFacts, Worker

SILENT_AFTER = timedelta(seconds=15)
_workers, _images = tables.workers, tables.images
_HEARD_OF = select(_workers).where(_workers.c.seen_at > bindparam("since"))


class Service:
    """The tables of workers and images."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def arrive(self, worker: str) -> None:
        """Enter a worker, in place of all before: a data directory has one."""
        now = datetime.now(UTC)
        with self._database.write() as connection:
            connection.execute(delete(_workers))
            connection.execute(insert(_workers).values(name=worker, started_at=now, seen_at=now))

    def report(self, worker: str, trouble: str | None) -> None:
        """Say that a worker lives, and why it judges nothing, if so."""
        with self._database.write() as connection:
            connection.execute(
                update(_workers)
                .where(_workers.c.name == worker)
                .values(seen_at=datetime.now(UTC), trouble=trouble)
            )

    def leave(self, worker: str) -> None:
        """Strike a worker off."""
        with self._database.write() as connection:
            connection.execute(delete(_workers).where(_workers.c.name == worker))

    def workers(self) -> list[Worker]:
        """Return the workers that have been heard of lately."""
        since = datetime.now(UTC) - SILENT_AFTER
        with self._database.read() as connection:
            rows = connection.execute(_HEARD_OF, {"since": since})
            return [Worker(row.name, row.seen_at, row.trouble) for row in rows]

    def saw_image(self, facts: ImageFacts) -> None:
        """Note what is in the image of a profile."""
        values = {
            "digest": facts.digest,
            "python": facts.python,
            "libraries": facts.libraries,
        }
        with self._database.write() as connection:
            connection.execute(
                upsert(_images)
                .values(profile=facts.profile, **values)
                .on_conflict_do_update(index_elements=["profile"], set_=values)
            )

    def image(self, profile: str) -> ImageFacts | None:
        """Return what is in the image of a profile; None when no worker has seen one."""
        query = select(_images).where(_images.c.profile == profile)
        with self._database.read() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return ImageFacts(row.profile, row.digest, row.python, row.libraries)
