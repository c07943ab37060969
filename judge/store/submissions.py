"""Submissions: accepted once, read often, listed newest first, cancelled while there is time."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    false,
    func,
    insert,
    literal,
    select,
    update,
)

from judge.errors import NothingToCancel, QueueFull, UnknownSubmission
from judge.model import State, Verdict
from judge.store import tables
from judge.store.database import Database
from judge.store.events import add_event
from judge.store.records import Kind, Submission, Summary, Wanted

RUNS_ARE_KEPT = timedelta(hours=24)
MAX_QUEUED = 2_000  # of one learner, whose pile must not keep anybody else out
ALIVE = (State.QUEUED, State.JUDGING)
_rows, _sources, _judgements = (
    tables.submissions,
    tables.sources,
    tables.judgements,
)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which submissions of a list; None leaves a part open."""

    problem: str | None = None
    state: State | None = None
    verdict: Verdict | None = None


class Submissions:
    """The table of submissions, for one learner at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def accept(self, learner_id: int, wanted: Wanted, key: str | None = None) -> Submission:
        """Store what somebody wants judged; on the disk when this returns.

        The same key again gives the first submission back, also when `wanted` differs: whoever
        asks twice compares.

        Raises:
            QueueFull: too many of the learner's wait already; not for a key that is known.
        """
        with self._database.write(durable=True) as connection:
            if key is not None and (first := _by_key(connection, learner_id, key)) is not None:
                return first
            if _counts(connection, learner_id).get(State.QUEUED, 0) >= MAX_QUEUED:
                raise QueueFull(MAX_QUEUED)
            now = datetime.now(UTC)
            row = {"learner_id": learner_id, "kind": wanted.kind, "key": key}
            row |= {"problem": wanted.problem, "state": State.QUEUED, "created_at": now}
            submission_id = connection.execute(_ADD, row).scalar_one()
            source = {"source": wanted.source, "args": wanted.args, "stdin": wanted.stdin}
            connection.execute(_ADD_SOURCE, {"submission_id": submission_id, **source})
            add_event(connection, submission_id, "state", {"state": State.QUEUED, "attempt": 0})
            return get(connection, submission_id)

    def get(self, learner_id: int, kind: Kind, submission_id: int) -> Submission:
        """Return one; raise UnknownSubmission also for another learner's."""
        with self._database.read() as connection:
            return _owned(connection, learner_id, kind, submission_id)

    def of_anybody(self, submission_id: int) -> Submission:
        """Return a submission whoever's it is, for who runs the judge; a run is none."""
        with self._database.read() as connection:
            found = get(connection, submission_id)
        if found.wanted.kind is not Kind.SUBMISSION:
            raise UnknownSubmission(submission_id)
        return found

    def cancel(self, learner_id: int, kind: Kind, submission_id: int) -> Submission:
        """Take one out of the queue, or from whoever judges it.

        Raises:
            NothingToCancel: it has been judged.
        """
        with self._database.write(durable=True) as connection:
            found = _owned(connection, learner_id, kind, submission_id)
            if found.state is State.CANCELLED:
                return found
            if found.state not in ALIVE:
                raise NothingToCancel(submission_id)
            connection.execute(
                update(_rows)
                .where(_rows.c.id == submission_id)
                .values(
                    state=State.CANCELLED,
                    claimed_by=None,
                    lease_until=None,
                    finished_at=datetime.now(UTC),
                )
            )
            add_event(connection, submission_id, "done", {})
            return get(connection, submission_id)

    def page(
        self, learner_id: int, wanted: Filter, *, limit: int, before: int | None = None
    ) -> list[Summary]:
        """Return up to `limit` submissions with ids below `before`, newest first."""
        query = _summaries().where(_rows.c.learner_id == learner_id, *_conditions(wanted))
        if before is not None:
            query = query.where(_rows.c.id < before)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(_rows.c.id.desc()).limit(limit))
            return [_summary(row) for row in rows]

    def progress(self, learner_id: int, problems: Sequence[str]) -> dict[str, bool]:
        """Return the problems somebody has submitted to, with whether one was accepted."""
        asked = func.json_each(json.dumps(list(problems))).table_valued("value")
        mine = and_(
            _rows.c.learner_id == learner_id,
            _rows.c.kind == Kind.SUBMISSION,
            _rows.c.problem == asked.c.value,
        )
        tried = exists().where(mine).correlate(asked)
        solved = exists().where(mine, _rows.c.verdict == Verdict.AC).correlate(asked)
        query = select(asked.c.value, solved).where(tried)
        with self._database.read() as connection:
            # Two look-ups in an index for each problem, however many submissions there are.
            return {slug: bool(done) for slug, done in connection.execute(query)}

    def counts(self, learner_id: int | None = None) -> dict[State, int]:
        """Return how many are queued and how many are being judged, of one learner or of all."""
        with self._database.read() as connection:
            return _counts(connection, learner_id)

    def forget_runs(self) -> int:
        """Delete runs older than a day; return how many."""
        old = and_(
            _rows.c.kind == literal(Kind.RUN.value, literal_execute=True),
            _rows.c.created_at < datetime.now(UTC) - RUNS_ARE_KEPT,
            _rows.c.state.not_in(ALIVE),
        )
        with self._database.write() as connection:
            return connection.execute(delete(_rows).where(old)).rowcount


def _counts(connection: Connection, learner_id: int | None) -> dict[State, int]:
    query = _COUNT if learner_id is None else _COUNT_OF
    found = connection.execute(query, {"learner": learner_id})
    return {State(state): number for state, number in found}


def get(connection: Connection, submission_id: int) -> Submission:
    """Return one, whoever's it is."""
    row = connection.execute(_GET, {"submission": submission_id}).one_or_none()
    if row is None:
        raise UnknownSubmission(submission_id)
    return _submission(row)


def _owned(connection: Connection, learner_id: int, kind: Kind, submission_id: int) -> Submission:
    found = get(connection, submission_id)
    if found.learner_id != learner_id or found.wanted.kind is not kind:
        raise UnknownSubmission(submission_id)  # whether it exists is nobody else's business
    return found


def _by_key(connection: Connection, learner_id: int, key: str) -> Submission | None:
    query = select(_rows.c.id).where(_rows.c.learner_id == learner_id, _rows.c.key == key)
    found = connection.execute(query).scalar_one_or_none()
    return None if found is None else get(connection, found)


def _submission(row: Row[tuple[object, ...]]) -> Submission:
    return Submission(
        id=row.id,
        learner_id=row.learner_id,
        wanted=Wanted(Kind(row.kind), row.problem, row.source, row.args, row.stdin),
        state=State(row.state),
        reason=row.reason,
        attempts=row.attempts,
        crashes=row.crashes,
        round=row.round,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )


def _summaries() -> Select[tuple[object, ...]]:
    this_round = and_(
        _judgements.c.submission_id == _rows.c.id, _judgements.c.round == _rows.c.round
    )
    columns = (
        _rows.c.id, _rows.c.problem, _rows.c.state, _rows.c.verdict, _judgements.c.points,
        _judgements.c.max_points, _judgements.c.cpu_seconds, _judgements.c.peak_memory_mib,
        _rows.c.created_at, _rows.c.finished_at,
    )  # fmt: skip
    joined = _rows.outerjoin(_judgements, this_round)
    return select(*columns).select_from(joined).where(_rows.c.kind == Kind.SUBMISSION)


def _conditions(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    if wanted.problem is not None:
        yield _rows.c.problem == wanted.problem
    if wanted.verdict is not None:
        yield _rows.c.verdict == wanted.verdict
        if wanted.state not in {None, State.JUDGED}:
            yield false()  # only what is judged has a verdict
    elif wanted.state is State.JUDGED:
        yield _rows.c.state == State.JUDGED
    elif wanted.state is not None:
        # Spelled as in the partial indices, or the database would not dare to use them.
        yield _rows.c.state == literal(wanted.state.value, literal_execute=True)
        if wanted.state in ALIVE:
            yield _alive()
        if wanted.problem is not None:
            yield _rows.c.state != literal(State.JUDGED.value, literal_execute=True)


def _alive() -> ColumnElement[bool]:
    return _rows.c.state.in_([literal(state.value, literal_execute=True) for state in ALIVE])


# Statements of the way in, put together once: that takes longer than running them.
_ADD, _ADD_SOURCE = insert(_rows).returning(_rows.c.id), insert(_sources)
_GET = (
    select(_rows, _sources).join_from(_rows, _sources).where(_rows.c.id == bindparam("submission"))
)
_COUNT = (
    select(_rows.c.state, func.count())
    .where(_rows.c.state.in_(ALIVE), _alive())
    .group_by(_rows.c.state)
)
_COUNT_OF = _COUNT.where(_rows.c.learner_id == bindparam("learner"))


def _summary(row: Row[tuple[object, ...]]) -> Summary:
    return Summary(
        id=row.id,
        problem=row.problem,
        state=State(row.state),
        verdict=None if row.verdict is None else Verdict(row.verdict),
        points=row.points,
        max_points=row.max_points,
        cpu_seconds=row.cpu_seconds,
        peak_memory_mib=row.peak_memory_mib,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )
