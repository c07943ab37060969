"""Reports: what a learner says of a verdict, for the author of the problem to look into."""

from datetime import UTC, datetime

from sqlalchemy import RowMapping, Select, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from judge.errors import NoReport, NotJudged
from judge.model import State, Verdict
from judge.store import tables
from judge.store.database import Database
from judge.store.judgements import judgement_of
from judge.store.records import Report, Reported, Submission
from judge.store.texts import readable

_table, _rows, _sources, _judgements = (
    tables.reports,
    tables.submissions,
    tables.sources,
    tables.judgements,
)


class Reports:
    """The table of reports."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def report(self, submission: Submission, text: str) -> Report:
        """Store what is said of a verdict, in place of what was said before.

        Raises:
            NotJudged: there is no verdict.
        """
        if submission.state is not State.JUDGED:
            raise NotJudged(submission.id)
        said = {
            "round": submission.round,
            "text": readable(text),
            "created_at": datetime.now(UTC),
            "closed_at": None,
        }
        with self._database.write(durable=True) as connection:
            connection.execute(
                upsert(_table)
                .values(submission_id=submission.id, **said)
                .on_conflict_do_update(index_elements=["submission_id"], set_=said)
            )
            return _report(connection.execute(_reported(submission.id)).mappings().one())

    def of(self, submission_id: int) -> Report:
        """Return the report of a submission's verdict; raise NoReport."""
        return self.reported(submission_id).report

    def reported(self, submission_id: int) -> Reported:
        """Return the report of a submission with what it is about; raise NoReport."""
        with self._database.read() as connection:
            row = connection.execute(_reported(submission_id)).mappings().one_or_none()
        if row is None:
            raise NoReport(submission_id)
        return _with_submission(row)

    def open_ones(self, problem: str | None = None) -> list[Reported]:
        """Return the reports that nobody has dealt with, the oldest first."""
        query = _reported().where(_table.c.closed_at.is_(None)).order_by(_table.c.created_at)
        if problem is not None:
            query = query.where(_rows.c.problem == problem)
        with self._database.read() as connection:
            rows = connection.execute(query).mappings().all()
        return [_with_submission(row) for row in rows]

    def close(self, submission_id: int) -> None:
        """Note that a report has been dealt with; raise NoReport."""
        closed = update(_table).where(_table.c.submission_id == submission_id)
        with self._database.write(durable=True) as connection:
            if connection.execute(closed.values(closed_at=datetime.now(UTC))).rowcount == 0:
                raise NoReport(submission_id)


def _reported(submission_id: int | None = None) -> Select[tuple[object, ...]]:
    about = (_judgements.c.submission_id == _table.c.submission_id) & (
        _judgements.c.round == _table.c.round
    )
    query = (
        select(
            _judgements,
            _sources.c.source,
            _table.c.text,
            _table.c.created_at.label("reported_at"),
            _table.c.closed_at,
        )
        .select_from(_table)
        .join(_rows, _rows.c.id == _table.c.submission_id)
        .join(_sources, _sources.c.submission_id == _table.c.submission_id)
        .join(_judgements, about)
    )
    return query if submission_id is None else query.where(_table.c.submission_id == submission_id)


def _report(row: RowMapping) -> Report:
    return Report(
        submission_id=row["submission_id"],
        verdict=Verdict(row["verdict"]),
        text=row["text"],
        created_at=row["reported_at"],
        closed_at=row["closed_at"],
    )


def _with_submission(row: RowMapping) -> Reported:
    return Reported(_report(row), row["problem"], row["source"], judgement_of(row))
