"""Claims: a submission belongs to one worker for as long as its lease is renewed.

A claim is its worker's name and the number of the attempt. Whatever a worker writes about a
submission is written only while the claim holds, in one transaction with looking; so a worker that
lost it (it was killed, or slept, or somebody cancelled) can neither add a second judgement nor
events to the next attempt's. The unique constraint on judgements stands behind that.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, bindparam, func, select, update

from judge.errors import Abandoned
from judge.model import State
from judge.queue.order import ALIVE, next_of_all
from judge.store import Judged, Outcome, Submission, tables
from judge.store.database import Database
from judge.store.events import add_event
from judge.store.judgements import add_judgement, add_trial
from judge.store.submissions import get

LEASE_SECONDS = 30.0
# A submission that so many workers died of is not given to another one.
MAX_CRASHES = 20
Told = tuple[str, Mapping[str, object]]  # an event's kind and data
_rows, _learners = tables.submissions, tables.learners
_HELD = select(_rows.c.id).where(
    _rows.c.id == bindparam("id"),
    _rows.c.state == State.JUDGING,
    _rows.c.claimed_by == bindparam("worker"),
    _rows.c.attempts == bindparam("attempt"),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A submission in the hands of a worker."""

    submission: Submission
    worker: str
    attempt: int


class Queue:
    """The queue, seen by one worker."""

    def __init__(self, database: Database, worker: str) -> None:
        self._database = database
        self._worker = worker

    def claim(self) -> Claim | None:
        """Take the next submission; None when there is nothing to do."""
        now = datetime.now(UTC)
        with self._database.write() as connection:
            found: int | None = connection.execute(next_of_all(now)).scalar_one_or_none()
            if found is None:
                return None
            attempt = connection.execute(
                update(_rows)
                .where(_rows.c.id == found)
                .values(
                    state=State.JUDGING,
                    reason=None,
                    not_before=None,
                    claimed_by=self._worker,
                    lease_until=now + timedelta(seconds=LEASE_SECONDS),
                    attempts=_rows.c.attempts + 1,
                    started_at=func.coalesce(_rows.c.started_at, now.timestamp()),
                )
                .returning(_rows.c.attempts)
            ).scalar_one()
            submission = get(connection, found)
            _serve(connection, submission.learner_id)
            add_event(connection, found, "state", {"state": State.JUDGING, "attempt": attempt})
            return Claim(submission, self._worker, attempt)

    def renew(self) -> None:
        """Keep what this worker has."""
        until = datetime.now(UTC) + timedelta(seconds=LEASE_SECONDS)
        with self._database.write() as connection:
            connection.execute(
                update(_rows)
                .where(ALIVE, _rows.c.state == State.JUDGING, _rows.c.claimed_by == self._worker)
                .values(lease_until=until)
            )

    def tell(self, claim: Claim, told: Sequence[Told]) -> None:
        """Add events; raise Abandoned when the claim no longer holds."""
        with self._database.write() as connection:
            _require(connection, claim)
            _add(connection, claim, told)

    def finish(self, claim: Claim, outcome: Outcome, told: Sequence[Told] = ()) -> None:
        """Record the judgement, on the disk when this returns; raise Abandoned if too late.

        `told` are the events that came before it and have not been added.
        """
        submission = claim.submission
        with self._database.write(durable=True) as connection:
            _require(connection, claim)
            _add(connection, claim, told)
            verdict = None
            if isinstance(outcome, Judged):
                add_judgement(connection, submission.id, submission.round, outcome)
                verdict = outcome.judgement.verdict
            else:
                add_trial(connection, submission.id, outcome)
            _leave(connection, submission.id, State.JUDGED, verdict=verdict)
            add_event(connection, submission.id, "done", {})

    def release(self, claim: Claim, reason: str, delay_seconds: float) -> None:
        """Give a submission back, for a reason that its learner is shown."""
        with self._database.write() as connection:
            _require(connection, claim)
            _requeue(
                connection,
                claim.submission.id,
                reason=reason,
                not_before=datetime.now(UTC) + timedelta(seconds=delay_seconds),
            )

    def take_back(self, *, all_others: bool = False) -> int:
        """Queue again what a dead worker held: one whose lease ran out, or anybody but this one.

        `all_others` is for a worker that begins, as a data directory has one worker at a time.
        """
        late = _rows.c.lease_until < datetime.now(UTC)
        lost = (_rows.c.claimed_by != self._worker) if all_others else late
        with self._database.write() as connection:
            query = select(_rows.c.id).where(ALIVE, _rows.c.state == State.JUDGING, lost)
            found = connection.execute(query).scalars().all()
            for submission_id in found:
                _requeue(connection, submission_id, crashes=_rows.c.crashes + 1)
        return len(found)


def _add(connection: Connection, claim: Claim, told: Sequence[Told]) -> None:
    for kind, data in told:
        add_event(connection, claim.submission.id, kind, data)


def _require(connection: Connection, claim: Claim) -> None:
    asked = {"id": claim.submission.id, "worker": claim.worker, "attempt": claim.attempt}
    if connection.execute(_HELD, asked).first() is None:
        raise Abandoned(f"submission {claim.submission.id} is no longer judged here")


def _serve(connection: Connection, learner_id: int) -> None:
    newest = select(func.max(_learners.c.served)).scalar_subquery()
    connection.execute(
        update(_learners).where(_learners.c.id == learner_id).values(served=newest + 1)
    )


def _requeue(connection: Connection, submission_id: int, **changed: object) -> None:
    _leave(connection, submission_id, State.QUEUED, **changed)
    data = {"state": State.QUEUED, "reason": changed.get("reason")}
    add_event(connection, submission_id, "state", data)


def _leave(connection: Connection, submission_id: int, state: State, **changed: object) -> None:
    finished = datetime.now(UTC) if state is State.JUDGED else None
    connection.execute(
        update(_rows)
        .where(_rows.c.id == submission_id)
        .values(state=state, claimed_by=None, lease_until=None, finished_at=finished, **changed)
    )
