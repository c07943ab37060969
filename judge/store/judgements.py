"""Judgements as rows: written once, in the transaction that ends the judging."""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, insert, select

from judge.model import (
    Counterexample,
    Judgement,
    Phase,
    TestResult,
    TestState,
    Trial,
    Verdict,
)
from judge.store import tables
from judge.store.database import Database
from judge.store.records import Judged, Round
from judge.store.texts import readable

Read = TypeVar("Read", TestResult, Counterexample)
_table, _trials = tables.judgements, tables.trials
# Of the same name here and there; the rest is JSON or not part of the judgement.
_PLAIN = (
    "problem", "problem_version", "image", "runner_version", "machine", "points", "max_points",
    "message", "cpu_seconds", "wall_seconds", "peak_memory_mib", "judging_seconds",
)  # fmt: skip


class Judgements:
    """The table of judgements."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, submission_id: int, judging_round: int) -> Judgement | None:
        """Return the judgement of one round of judging."""
        query = select(_table).where(
            _table.c.submission_id == submission_id, _table.c.round == judging_round
        )
        with self._database.read() as connection:
            row = connection.execute(query).mappings().one_or_none()
        return None if row is None else judgement_of(row)

    def rounds(self, submission_id: int) -> list[Round]:
        """Return all judgements of a submission, the newest first."""
        query = select(_table).where(_table.c.submission_id == submission_id)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(_table.c.round.desc())).mappings().all()
        # Out of the block: a row that cannot be read would leave the connection in its snapshot.
        return [Round(row["round"], row["created_at"], judgement_of(row)) for row in rows]

    def seeds(self, submission_id: int, judging_round: int) -> str | None:
        """Return the fingerprint of the secret that the seeds of a judgement came from."""
        query = select(_table.c.seeds).where(
            _table.c.submission_id == submission_id, _table.c.round == judging_round
        )
        with self._database.read() as connection:
            return connection.execute(query).scalar_one_or_none()

    def trial(self, submission_id: int) -> Trial | None:
        """Return what came of a run with an input of one's own."""
        query = select(_trials.c.trial).where(_trials.c.submission_id == submission_id)
        with self._database.read() as connection:
            found = connection.execute(query).scalar_one_or_none()
        return None if found is None else Trial(**found)


def add_trial(connection: Connection, submission_id: int, trial: Trial) -> None:
    """Add a trial in a transaction that is under way."""
    connection.execute(
        insert(_trials).values(
            submission_id=submission_id,
            trial=readable(asdict(trial)),
            created_at=datetime.now(UTC),
        )
    )


def add_judgement(
    connection: Connection, submission_id: int, judging_round: int, judged: Judged
) -> None:
    """Add a judgement in a transaction that is under way; one a round, says the database."""
    add_written(connection, submission_id, judging_round, columns_of(judged))


def add_written(
    connection: Connection, submission_id: int, judging_round: int, written: Mapping[str, object]
) -> None:
    """Add a judgement that waited as what `columns_of` returned."""
    place = {"submission_id": submission_id, "round": judging_round}
    connection.execute(insert(_table).values(**place, **written, created_at=datetime.now(UTC)))


def columns_of(judged: Judged) -> dict[str, object]:
    """Return what is written down of a judging: names of columns, values of JSON."""
    judgement = judged.judgement
    found = judgement.counterexample
    return {
        "seeds": judged.seeds,
        "verdict": judgement.verdict,
        "tests": readable([asdict(test) for test in judgement.tests]),
        "counterexample": None if found is None else readable(asdict(found)),
        "phases": [(phase.name, phase.started_at.timestamp()) for phase in judgement.phases],
        **readable({name: getattr(judgement, name) for name in _PLAIN}),
    }


def judgement_of(written: Mapping[Any, Any]) -> Judgement:
    """Return the judgement that `columns_of` was given, from a row or what else has its columns."""
    found = written["counterexample"]
    phases = written["phases"]
    return Judgement(
        verdict=Verdict(written["verdict"]),
        tests=tuple(map(_test, written["tests"])),
        counterexample=None if found is None else _read(Counterexample, found),
        phases=tuple(Phase(name, datetime.fromtimestamp(at, UTC)) for name, at in phases),
        **{name: written[name] for name in _PLAIN},
    )


def _test(facts: dict[str, object]) -> TestResult:
    result = _read(TestResult, facts)
    verdict = None if result.verdict is None else Verdict(result.verdict)
    return replace(result, state=TestState(result.state), verdict=verdict)


def _read(kind: type[Read], facts: Mapping[str, Any]) -> Read:
    """Return what `asdict` wrote, also where a newer version beside us wrote more than we know."""
    known = {one.name for one in fields(kind)}
    return kind(**{name: value for name, value in facts.items() if name in known})
