"""What happened to a submission while it was judged, kept for who listens later or again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from judge.store import tables
from judge.store.database import Database
from judge.store.records import Event
from judge.store.texts import readable

EVENTS_ARE_KEPT = timedelta(hours=24)
_events, _submissions = tables.events, tables.submissions
# Put together once, which takes longer than running them.
_ADD = insert(_events)
_AFTER = (
    select(_events)
    .where(_events.c.submission_id == bindparam("submission"), _events.c.id > bindparam("last"))
    .order_by(_events.c.id)
)
_MOVES = _events.c.kind.in_(("state", "done"))
_NEWS = (
    select(_events.c.submission_id, func.max(_events.c.id), func.max(_MOVES))
    .where(_events.c.id > bindparam("last"))
    .group_by(_events.c.submission_id)
)


@dataclass(frozen=True, slots=True)
class News:
    """The newest event, the submissions that have new ones, and whether the queue is another."""

    newest: int
    touched: set[int]
    moved: bool


class Events:
    """The table of events."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def after(self, submission_id: int, last: int) -> list[Event]:
        """Return the events of a submission that came after the event `last`."""
        with self._database.read() as connection:
            rows = connection.execute(_AFTER, {"submission": submission_id, "last": last})
            return [Event(row.id, row.submission_id, row.kind, row.data) for row in rows]

    def news(self, last: int) -> News:
        """Return what came after the event `last`."""
        with self._database.read() as connection:
            rows = connection.execute(_NEWS, {"last": last}).all()
        return News(
            newest=max((newest for _, newest, _ in rows), default=last),
            touched={submission_id for submission_id, _, _ in rows},
            moved=any(moved for _, _, moved in rows),
        )

    def newest(self) -> int:
        """Return the id of the newest event there is; 0 when there is none."""
        with self._database.read() as connection:
            return connection.execute(select(func.max(_events.c.id))).scalar() or 0

    def forget(self) -> int:
        """Delete events older than a day, of which judgements tell all that lasts."""
        old = _events.c.created_at < datetime.now(UTC) - EVENTS_ARE_KEPT
        with self._database.write() as connection:
            return connection.execute(delete(_events).where(old)).rowcount


def add_event(
    connection: Connection, submission_id: int, kind: str, data: Mapping[str, object]
) -> None:
    """Add an event in a transaction that is under way."""
    row = {"submission_id": submission_id, "kind": kind, "data": readable(dict(data))}
    connection.execute(_ADD, {**row, "created_at": datetime.now(UTC)})
