"""Sets of proposed judgements: judged anew, looked at, and then made current or dropped.

A proposal is no judgement. Applying one adds a judgement of the next round; the one before stays
what and where it is. Every step is a transaction of its own, so that a set which is interrupted
goes on where it was, beside a server that goes on as well.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    delete,
    insert,
    literal,
    select,
    update,
)

from judge.errors import NotJudged, RequestError, UnknownRejudge
from judge.model import State, Verdict
from judge.store import tables
from judge.store.database import Database
from judge.store.judgements import add_written, columns_of
from judge.store.records import Chosen, Fate, Judged, Kind, Proposal, Rejudge, Standing
from judge.store.submissions import get

_sets, _proposals = tables.rejudges, tables.proposals
_rows, _judgements, _learners = tables.submissions, tables.judgements, tables.learners


class Rejudges:
    """The tables of sets and their proposals."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, chosen: Chosen) -> int | None:
        """Make a set of submissions that have been judged; None when there are none.

        Raises:
            UnknownSubmission, NotJudged: one of `ids` is none, or has nothing to supersede.
        """
        with self._database.write() as connection:
            _require_judged(connection, chosen.ids)
            number: int = connection.execute(
                insert(_sets).values(created_at=datetime.now(UTC)).returning(_sets.c.id)
            ).scalar_one()
            added = connection.execute(
                insert(_proposals).from_select(
                    ["rejudge_id", "submission_id", "round"], _chosen(number, chosen)
                )
            )
            if added.rowcount == 0:
                connection.execute(delete(_sets).where(_sets.c.id == number))
                return None
        return number

    def open_ones(self) -> list[int]:
        """Return the numbers of the sets that are not applied."""
        query = select(_sets.c.id).where(_sets.c.applied_at.is_(None)).order_by(_sets.c.id)
        with self._database.read() as connection:
            return list(connection.execute(query).scalars())

    def get(self, number: int) -> Rejudge:
        """Return a set; raise UnknownRejudge."""
        query = _compared().where(_proposals.c.rejudge_id == number)
        with self._database.read() as connection:
            found = _the_set(connection, number)
            rows = connection.execute(query).all()
        proposals = tuple(map(_proposal, rows))
        return Rejudge(number, found.created_at, found.applied_at, proposals)

    def unjudged(self, number: int) -> list[int]:
        """Return the submissions of a set that are still to be judged, or that we failed at."""
        missing = _proposals.c.verdict.is_(None) | (_proposals.c.verdict == Verdict.JE)
        query = select(_proposals.c.submission_id).where(
            _proposals.c.rejudge_id == number, _proposals.c.fate.is_(None), missing
        )
        with self._database.read() as connection:
            _the_set(connection, number)
            return list(connection.execute(query.order_by(_proposals.c.submission_id)).scalars())

    def propose(self, number: int, submission_id: int, judged: Judged) -> Proposal:
        """Write down what came of judging a submission of a set anew."""
        columns = columns_of(judged)
        with self._database.write() as connection:
            _require_open(connection, number)
            connection.execute(
                update(_proposals)
                .where(_one(number, submission_id))
                .values(judgement=columns, verdict=columns["verdict"])
            )
            found = connection.execute(_compared().where(_one(number, submission_id)))
            return _proposal(found.one())

    def apply(self, number: int, submission_id: int) -> Fate:
        """Make a proposal the current judgement, unless there is another one by now."""
        with self._database.write(durable=True) as connection:
            _require_open(connection, number)
            row = connection.execute(select(_proposals).where(_one(number, submission_id))).one()
            if row.fate is not None:
                return Fate(row.fate)
            fate = _fate(connection, row)
            if fate is Fate.APPLIED:
                add_written(connection, submission_id, row.round + 1, row.judgement)
                connection.execute(
                    update(_rows)
                    .where(_rows.c.id == submission_id)
                    .values(round=row.round + 1, verdict=row.verdict)
                )
            connection.execute(
                update(_proposals).where(_one(number, submission_id)).values(fate=fate)
            )
            return fate

    def finish(self, number: int) -> None:
        """Note that a set is applied; nothing is added to it any more."""
        with self._database.write(durable=True) as connection:
            _require_open(connection, number)
            connection.execute(
                update(_sets).where(_sets.c.id == number).values(applied_at=datetime.now(UTC))
            )

    def drop(self, number: int) -> None:
        """Forget a set that is not applied; judgements stay as they are."""
        with self._database.write(durable=True) as connection:
            _require_open(connection, number)
            connection.execute(delete(_sets).where(_sets.c.id == number))


def _require_judged(connection: Connection, ids: tuple[int, ...]) -> None:
    for submission_id in ids:
        found = get(connection, submission_id)
        if found.wanted.kind is not Kind.SUBMISSION or found.state is not State.JUDGED:
            raise NotJudged(submission_id)


def _chosen(number: int, chosen: Chosen) -> Select[tuple[int, int, int]]:
    return select(literal(number), _rows.c.id, _rows.c.round).where(
        _rows.c.kind == Kind.SUBMISSION, _rows.c.state == State.JUDGED, *_conditions(chosen)
    )


def _conditions(chosen: Chosen) -> Iterator[ColumnElement[bool]]:
    if chosen.ids:
        yield _rows.c.id.in_(chosen.ids)
    if chosen.problem is not None:
        yield _rows.c.problem == chosen.problem
    if chosen.verdict is not None:
        yield _rows.c.verdict == chosen.verdict
    if chosen.since is not None:
        yield _rows.c.created_at >= chosen.since


def _the_set(connection: Connection, number: int) -> Row[tuple[object, ...]]:
    found = connection.execute(select(_sets).where(_sets.c.id == number)).one_or_none()
    if found is None:
        raise UnknownRejudge(number)
    return found


def _require_open(connection: Connection, number: int) -> None:
    if _the_set(connection, number).applied_at is not None:
        raise RequestError(f"set {number} has been applied; its judgements are the current ones")


def _one(number: int, submission_id: int) -> ColumnElement[bool]:
    return (_proposals.c.rejudge_id == number) & (_proposals.c.submission_id == submission_id)


def _fate(connection: Connection, proposal: Row[tuple[object, ...]]) -> Fate:
    submission = get(connection, proposal.submission_id)
    if submission.round != proposal.round or submission.state is not State.JUDGED:
        return Fate.OVERTAKEN
    return Fate.FAILED if proposal.verdict in {None, Verdict.JE} else Fate.APPLIED


def _compared() -> Select[tuple[object, ...]]:
    superseded = (_judgements.c.submission_id == _proposals.c.submission_id) & (
        _judgements.c.round == _proposals.c.round
    )
    old = _judgements.c
    return (
        select(_proposals, _rows.c.problem, _learners.c.name, old.verdict.label("old_verdict"))
        .add_columns(old.points, old.max_points, old.problem_version, old.machine)
        .join(_rows, _rows.c.id == _proposals.c.submission_id)
        .join(_learners, _learners.c.id == _rows.c.learner_id)
        .join(_judgements, superseded)
        .order_by(_proposals.c.submission_id)
    )


def _proposal(row: Row[tuple[object, ...]]) -> Proposal:
    old = (row.old_verdict, row.points, row.max_points, row.problem_version, row.machine)
    new = row.judgement
    return Proposal(
        submission_id=row.submission_id,
        learner=row.name,
        problem=row.problem,
        old=_standing(*old),
        new=None if new is None else _standing(*(new[name] for name in _COMPARED)),
        fate=None if row.fate is None else Fate(row.fate),
    )


_COMPARED = ("verdict", "points", "max_points", "problem_version", "machine")


def _standing(
    verdict: str, points: int, max_points: int, problem_version: str, machine: str
) -> Standing:
    return Standing(Verdict(verdict), points, max_points, problem_version, machine)
