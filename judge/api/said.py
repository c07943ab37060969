"""From rows of the store to what is said about them."""

from judge import wire
from judge.api.feed import Feed
from judge.model import State
from judge.store import Round, Store, Submission, Summary

ROOM_BYTES = 1 << 20  # less than one submission and its judgement may need


def said_submission(store: Store, feed: Feed, submission: Submission) -> wire.Submission:
    """Return one submission with its judgement."""
    return wire.Submission(
        id=submission.id,
        problem=submission.wanted.problem,
        state=submission.state,
        position=_position(feed, submission),
        reason=reason_of(store, submission),
        attempts=submission.attempts,
        created_at=submission.created_at,
        started_at=submission.started_at,
        finished_at=submission.finished_at,
        source=submission.wanted.source,
        judgement=_judgement(store, submission),
    )


def said_run(store: Store, feed: Feed, submission: Submission) -> wire.Run:
    """Return one run with what came of it."""
    trial = store.judgements.trial(submission.id)
    return wire.Run(
        id=submission.id,
        problem=submission.wanted.problem,
        state=submission.state,
        position=_position(feed, submission),
        reason=reason_of(store, submission),
        attempts=submission.attempts,
        created_at=submission.created_at,
        started_at=submission.started_at,
        finished_at=submission.finished_at,
        source=submission.wanted.source,
        args=submission.wanted.args,
        stdin=submission.wanted.stdin,
        judgement=_judgement(store, submission),
        trial=None if trial is None else wire.Trial.model_validate(trial, from_attributes=True),
    )


def said_summary(summary: Summary) -> wire.SubmissionSummary:
    """Return a line of the list."""
    return wire.SubmissionSummary.model_validate(summary, from_attributes=True)


def said_round(one: Round, current: int) -> wire.Round:
    """Return one of the judgements that a submission has had."""
    return wire.Round(
        number=one.number,
        current=one.number == current,
        created_at=one.created_at,
        judgement=wire.Judgement.of(one.judgement),
    )


def _position(feed: Feed, submission: Submission) -> int | None:
    return feed.position(submission.id) if submission.state is State.QUEUED else None


def reason_of(store: Store, submission: Submission) -> str | None:
    """Return why a submission waits, when that is not the queue."""
    if submission.state is not State.QUEUED:
        return None
    return submission.reason or next(iter(reasons(store)), None)


def reasons(store: Store) -> list[str]:
    """Return why nothing is judged just now; empty when all is well."""
    full = store.database.free_bytes() < ROOM_BYTES
    disk = [f"{store.database.path}: its disk is full; free some space"] if full else []
    workers = store.service.workers()
    if not workers:
        return [*disk, "no worker has been heard of lately; another one is started within a minute"]
    return [*disk, *(worker.trouble for worker in workers if worker.trouble is not None)]


def _judgement(store: Store, submission: Submission) -> wire.Judgement | None:
    if submission.state is not State.JUDGED:
        return None
    found = store.judgements.of(submission.id, submission.round)
    return None if found is None else wire.Judgement.of(found)
