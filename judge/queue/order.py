"""The fair order: learners take turns, whoever was served longest ago first."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Select, func, literal, select

from judge.model import State
from judge.store import tables
from judge.store.database import Database

_rows, _learners = tables.submissions, tables.learners
# Spelled as in the partial index, which is then used.
QUEUED = _rows.c.state == literal(State.QUEUED.value, literal_execute=True)
ALIVE = _rows.c.state.in_(
    [literal(state.value, literal_execute=True) for state in (State.QUEUED, State.JUDGING)]
)


def next_of_all(now: datetime) -> Select[int]:
    """Return the query for the id that is next: the oldest of the learner whose turn it is."""
    ready = (_rows.c.not_before.is_(None)) | (_rows.c.not_before <= now)
    oldest = (
        select(_rows.c.learner_id, func.min(_rows.c.id).label("id"))
        .where(QUEUED, ALIVE, ready)
        .group_by(_rows.c.learner_id)
        .subquery()
    )
    return (
        select(oldest.c.id)
        .join(_learners, _learners.c.id == oldest.c.learner_id)
        .order_by(_learners.c.served, oldest.c.id)
        .limit(1)
    )


def positions(database: Database) -> dict[int, int]:
    """Return for every queued submission how many are taken before it."""
    query = (
        select(_rows.c.id, _rows.c.learner_id, _learners.c.served)
        .join(_learners, _learners.c.id == _rows.c.learner_id)
        .where(QUEUED, ALIVE)
        .order_by(_rows.c.id)
    )
    piles: dict[tuple[int, int], list[int]] = defaultdict(list)
    with database.read() as connection:
        for submission_id, learner_id, served in connection.execute(query):
            piles[served, learner_id].append(submission_id)
    # Who was never served comes in the order of their oldest, and keeps that place for all turns.
    places = sorted(
        (turn, served, pile[0], submission_id)
        for (served, _), pile in piles.items()
        for turn, submission_id in enumerate(pile)
    )
    return {submission_id: place for place, (*_, submission_id) in enumerate(places)}
