"""Submissions as rows: whose they are, what a repeated request gets, and what is ever deleted."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, event, select

from judge.errors import NothingToCancel, StoreError, UnknownSubmission
from judge.model import State, Verdict
from judge.queue import Queue
from judge.store import Filter, Kind, Store, tables
from judge.store.submissions import RUNS_ARE_KEPT
from tests.builders import a_trial, wanted
from tests.stored import a_judged, judge_next, set_times

BELONGING = (tables.sources, tables.judgements, tables.trials, tables.events)


def kinds_of_events(store: Store, submission_id: int) -> list[tuple[str, object]]:
    events = store.events.after(submission_id, 0)
    return [(event.kind, event.data.get("state")) for event in events]


def test_what_was_accepted_is_read_back_as_it_was(store: Store, me: int) -> None:
    args = [1, 2.5, "ä\u2028", None, [True, {"k": -(10**30)}]]
    asked = wanted(kind=Kind.RUN, source="# ü\r\n\tx = '\u20ac'\n", args=args, stdin="a\n\0b")

    accepted = store.submissions.accept(me, asked)
    found = store.submissions.get(me, Kind.RUN, accepted.id)

    assert found == accepted
    assert found.wanted == asked
    assert (found.state, found.attempts, found.round) == (State.QUEUED, 0, 0)
    assert abs(datetime.now(UTC) - found.created_at) < timedelta(seconds=10)
    assert kinds_of_events(store, found.id) == [("state", "queued")]


def test_no_arguments_and_an_argument_that_is_none_are_two_things(store: Store, me: int) -> None:
    none = store.submissions.accept(me, wanted(kind=Kind.RUN, args=None))
    empty = store.submissions.accept(me, wanted(kind=Kind.RUN, args=[]))

    assert (none.wanted.args, empty.wanted.args) == (None, [])
    assert store.submissions.get(me, Kind.RUN, none.id).wanted.args is None


def test_the_same_key_again_gives_the_first_submission(store: Store, me: int) -> None:
    first = store.submissions.accept(me, wanted(), "k")
    again = store.submissions.accept(me, wanted(source="another = 1\n"), "k")
    other = store.submissions.accept(me, wanted(), "l")

    assert again == first
    assert other.id != first.id
    assert kinds_of_events(store, first.id) == [("state", "queued")]


def test_a_key_is_the_learners_own(store: Store, me: int) -> None:
    first = store.submissions.accept(me, wanted(), "k")
    other = store.submissions.accept(store.learners.named("other"), wanted(), "k")

    assert other.id != first.id


def test_another_learners_submission_is_as_unknown_as_one_that_is_not(
    store: Store, me: int
) -> None:
    other = store.learners.named("other")
    theirs = store.submissions.accept(other, wanted())

    with pytest.raises(UnknownSubmission) as hidden:
        store.submissions.get(me, Kind.SUBMISSION, theirs.id)
    with pytest.raises(UnknownSubmission) as missing:
        store.submissions.get(me, Kind.SUBMISSION, 10**6)
    with pytest.raises(UnknownSubmission):
        store.submissions.cancel(me, Kind.SUBMISSION, theirs.id)
    assert str(hidden.value).replace(str(theirs.id), "N") == str(missing.value).replace(
        str(10**6), "N"
    )
    assert store.submissions.page(me, Filter(), limit=10) == []
    assert store.submissions.progress(me, ["double"]) == {}
    assert store.submissions.get(other, Kind.SUBMISSION, theirs.id).state is State.QUEUED


def test_a_run_is_no_submission_and_the_other_way_round(store: Store, me: int) -> None:
    run = store.submissions.accept(me, wanted(kind=Kind.RUN))
    submission = store.submissions.accept(me, wanted())

    with pytest.raises(UnknownSubmission):
        store.submissions.get(me, Kind.SUBMISSION, run.id)
    with pytest.raises(UnknownSubmission):
        store.submissions.cancel(me, Kind.RUN, submission.id)
    assert [one.id for one in store.submissions.page(me, Filter(), limit=9)] == [submission.id]


def test_cancelling_takes_a_submission_out_of_the_queue_for_good(store: Store, me: int) -> None:
    accepted = store.submissions.accept(me, wanted())
    cancelled = store.submissions.cancel(me, Kind.SUBMISSION, accepted.id)
    again = store.submissions.cancel(me, Kind.SUBMISSION, accepted.id)

    assert cancelled.state is State.CANCELLED
    assert cancelled.finished_at is not None
    assert again == cancelled
    assert kinds_of_events(store, accepted.id) == [("state", "queued"), ("done", None)]
    assert Queue(store.database, "w").claim() is None
    assert store.submissions.counts() == {}


def test_what_is_judged_cannot_be_cancelled(store: Store, me: int) -> None:
    judged = a_judged(store, me)

    with pytest.raises(NothingToCancel, match="has been judged"):
        store.submissions.cancel(me, Kind.SUBMISSION, judged.id)
    assert store.submissions.get(me, Kind.SUBMISSION, judged.id) == judged


def test_a_problem_is_new_then_tried_then_solved_for_ever(store: Store, me: int) -> None:
    def progress() -> dict[str, bool]:
        return store.submissions.progress(me, ["double", "triple"])

    assert progress() == {}
    a_judged(store, me, Verdict.WA)
    assert progress() == {"double": False}
    a_judged(store, me, Verdict.AC)
    a_judged(store, me, Verdict.TLE)
    assert progress() == {"double": True}


def test_runs_are_no_progress(store: Store, me: int) -> None:
    store.submissions.accept(me, wanted(kind=Kind.RUN))
    judge_next(store)

    assert store.submissions.progress(me, ["double"]) == {}


def test_a_submission_is_never_deleted_whatever_asks(store: Store, me: int) -> None:
    judged = a_judged(store, me)
    queued = store.submissions.accept(me, wanted())

    for submission in (queued, judged):
        with pytest.raises(StoreError, match="never deleted"), store.database.write() as connection:
            connection.execute(
                delete(tables.submissions).where(tables.submissions.c.id == submission.id)
            )
    assert store.submissions.get(me, Kind.SUBMISSION, queued.id) == queued


def test_a_learner_with_submissions_is_not_deleted_from_under_them(store: Store, me: int) -> None:
    store.submissions.accept(me, wanted())

    with pytest.raises(StoreError, match="FOREIGN KEY"), store.database.write() as connection:
        connection.execute(delete(tables.learners))


def test_runs_are_forgotten_after_a_day_with_all_that_belongs_to_them(
    store: Store, me: int
) -> None:
    runs = [store.submissions.accept(me, wanted(kind=Kind.RUN, args=[2])).id for _ in range(2)]
    judge_next(store, a_trial())
    judge_next(store, Verdict.WA)
    long_ago = datetime.now(UTC) - RUNS_ARE_KEPT - timedelta(seconds=1)
    for run in runs:
        set_times(store, run, created_at=long_ago)
    kept = a_judged(store, me)
    set_times(store, kept.id, created_at=long_ago)

    assert store.submissions.forget_runs() == 2
    with store.database.read() as connection:
        left = [
            sorted(set(connection.execute(select(table.c.submission_id)).scalars()))
            for table in BELONGING
        ]
    assert left == [[kept.id], [kept.id], [], [kept.id]]
    assert store.submissions.forget_runs() == 0
    for run in runs:
        with pytest.raises(UnknownSubmission):
            store.submissions.get(me, Kind.RUN, run)


def test_a_run_of_today_or_one_that_is_not_over_is_kept(store: Store, me: int) -> None:
    waiting = store.submissions.accept(me, wanted(kind=Kind.RUN))
    almost = datetime.now(UTC) - RUNS_ARE_KEPT + timedelta(minutes=1)
    over = store.submissions.accept(store.learners.named("other"), wanted(kind=Kind.RUN))
    store.submissions.cancel(over.learner_id, Kind.RUN, over.id)
    set_times(store, waiting.id, created_at=datetime.now(UTC) - timedelta(days=30))
    set_times(store, over.id, created_at=almost)

    assert store.submissions.forget_runs() == 0


def test_the_number_of_a_forgotten_run_is_not_given_again(store: Store, me: int) -> None:
    run = store.submissions.accept(me, wanted(kind=Kind.RUN))
    store.submissions.cancel(me, Kind.RUN, run.id)
    set_times(store, run.id, created_at=datetime.now(UTC) - timedelta(days=2))
    store.submissions.forget_runs()

    assert store.submissions.accept(me, wanted()).id > run.id


def test_forgetting_runs_reads_an_index(store: Store) -> None:
    statements: list[str] = []
    store.database.engine.dispose()

    @event.listens_for(store.database.engine, "before_cursor_execute")
    def note(_connection, _cursor, statement, *_rest) -> None:
        statements.append(statement)

    store.submissions.forget_runs()
    asked = next(one for one in statements if one.startswith("DELETE"))
    with store.database.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", (0.0, "a", "b")).all()

    assert next(row[3] for row in plan).endswith("USING INDEX runs_by_age (created_at<?)")


def test_counts_are_of_what_is_not_over_of_all_learners(store: Store, me: int) -> None:
    other = store.learners.named("other")
    for learner in (me, me, other):
        store.submissions.accept(learner, wanted())
    assert store.submissions.counts() == {State.QUEUED: 3}
    Queue(store.database, "w").claim()
    assert store.submissions.counts() == {State.QUEUED: 2, State.JUDGING: 1}
