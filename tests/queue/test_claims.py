"""Claims: one worker at a time, and whoever lost one writes nothing any more."""

import threading
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from judge.errors import Abandoned, StoreError
from judge.model import State, Verdict
from judge.queue import LEASE_SECONDS, Claim, Queue
from judge.store import Filter, Judged, Kind, Store, tables
from judge.store.judgements import add_judgement
from tests.builders import a_judgement, a_trial, wanted
from tests.stored import set_times

OUTCOME = Judged(a_judgement(), "seeds")


@pytest.fixture
def queue(store: Store) -> Queue:
    return Queue(store.database, "first")


@pytest.fixture
def other(store: Store) -> Queue:
    return Queue(store.database, "second")


@pytest.fixture
def claim(store: Store, me: int, queue: Queue) -> Claim:
    """A claim of the first worker's."""
    store.submissions.accept(me, wanted())
    return claimed(queue)


def claimed(queue: Queue) -> Claim:
    claim = queue.claim()
    assert claim is not None
    return claim


def state(store: Store, claim: Claim) -> tuple[State, str | None]:
    found = store.submissions.get(1, Kind.SUBMISSION, claim.submission.id)
    return found.state, found.reason


def count(store: Store, table) -> int:
    with store.database.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_nothing_queued_is_nothing_to_claim(queue: Queue) -> None:
    assert queue.claim() is None


def test_a_claim_is_the_submission_as_it_is_being_judged(store: Store, claim: Claim) -> None:
    found = store.submissions.get(1, Kind.SUBMISSION, claim.submission.id)

    assert claim.submission == found
    assert (found.state, found.attempts, claim.attempt) == (State.JUDGING, 1, 1)
    assert found.started_at is not None


def test_eight_threads_never_get_the_same_submission(store: Store, me: int) -> None:
    learners = [me, store.learners.named("b"), store.learners.named("c")]
    ids = [store.submissions.accept(learners[n % 3], wanted()).id for n in range(120)]
    taken: list[int] = []
    failures: list[BaseException] = []
    start = threading.Barrier(8)

    def work(number: int) -> None:
        queue = Queue(store.database, f"worker {number}")
        start.wait()
        try:
            while (claim := queue.claim()) is not None:
                taken.append(claim.submission.id)
                queue.tell(claim, [("phase", {"name": "tests"})])
                queue.finish(claim, OUTCOME)
        except BaseException as error:  # noqa: BLE001 (a thread's failure would go unseen)
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert Counter(taken) == Counter(ids)
    assert count(store, tables.judgements) == 120


def test_a_lease_that_is_renewed_is_not_taken_away(
    store: Store, claim: Claim, queue: Queue, other: Queue
) -> None:
    set_times(store, claim.submission.id, lease_until=datetime.now(UTC) + timedelta(seconds=0.05))
    queue.renew()
    time.sleep(0.1)

    assert other.take_back() == 0
    queue.finish(claim, OUTCOME)


def test_renewing_is_for_ones_own_only(
    store: Store, claim: Claim, queue: Queue, other: Queue
) -> None:
    set_times(store, claim.submission.id, lease_until=datetime.now(UTC) - timedelta(seconds=1))
    other.renew()

    assert queue.take_back() == 1


def test_a_lease_lasts_for_several_beats(store: Store, claim: Claim, other: Queue) -> None:
    with store.database.read() as connection:
        until = connection.execute(select(tables.submissions.c.lease_until)).scalar_one()
    left = (until - datetime.now(UTC)).total_seconds()

    assert LEASE_SECONDS - 5 < left <= LEASE_SECONDS
    assert other.take_back() == 0


def test_what_a_dead_worker_held_is_queued_again_and_the_death_counted(
    store: Store, claim: Claim, other: Queue
) -> None:
    set_times(store, claim.submission.id, lease_until=datetime.now(UTC) - timedelta(seconds=1))
    assert other.take_back() == 1
    again = claimed(other)

    assert again.submission.id == claim.submission.id
    assert (again.attempt, again.submission.crashes) == (2, 1)
    assert again.submission.started_at == claim.submission.started_at


def test_a_worker_that_begins_takes_everybodys_back_but_its_own(
    store: Store, me: int, claim: Claim, other: Queue
) -> None:
    store.submissions.accept(me, wanted())
    own = claimed(other)

    assert other.take_back(all_others=True) == 1
    assert state(store, claim) == (State.QUEUED, None)
    assert state(store, own) == (State.JUDGING, None)


def lost_its_lease(store: Store, claim: Claim) -> None:
    Queue(store.database, "second").take_back(all_others=True)


def is_judged_by_another(store: Store, claim: Claim) -> None:
    lost_its_lease(store, claim)
    claimed(Queue(store.database, "second"))


def is_judged_by_the_same_worker_again(store: Store, claim: Claim) -> None:
    lost_its_lease(store, claim)
    claimed(Queue(store.database, claim.worker))


def was_cancelled(store: Store, claim: Claim) -> None:
    store.submissions.cancel(1, Kind.SUBMISSION, claim.submission.id)


def was_judged(store: Store, claim: Claim) -> None:
    Queue(store.database, claim.worker).finish(claim, OUTCOME)


WRITES: list[Callable[[Queue, Claim], None]] = [
    lambda queue, claim: queue.finish(claim, Judged(a_judgement(Verdict.WA), "late")),
    lambda queue, claim: queue.tell(claim, [("phase", {"name": "late"})]),
    lambda queue, claim: queue.release(claim, "late", 0),
]


@pytest.mark.parametrize("write", WRITES, ids=["finish", "tell", "release"])
@pytest.mark.parametrize(
    "lose",
    [
        lost_its_lease,
        is_judged_by_another,
        is_judged_by_the_same_worker_again,
        was_cancelled,
        was_judged,
    ],
)
def test_who_lost_a_claim_writes_nothing(
    store: Store,
    claim: Claim,
    queue: Queue,
    lose: Callable[[Store, Claim], None],
    write: Callable[[Queue, Claim], None],
) -> None:
    lose(store, claim)
    tables_written = (tables.events, tables.judgements)
    before = state(store, claim), [count(store, table) for table in tables_written]

    with pytest.raises(Abandoned, match="no longer judged here"):
        write(queue, claim)
    assert (state(store, claim), [count(store, table) for table in tables_written]) == before


def test_a_judgement_is_recorded_with_its_verdict_and_its_end(
    store: Store, claim: Claim, queue: Queue
) -> None:
    queue.tell(claim, [("phase", {"name": "tests"})])
    queue.finish(claim, Judged(a_judgement(Verdict.WA), "seeds"))
    (summary,) = store.submissions.page(1, Filter(), limit=9)
    found = store.submissions.get(1, Kind.SUBMISSION, claim.submission.id)

    assert (found.state, summary.verdict) == (State.JUDGED, Verdict.WA)
    assert found.finished_at is not None
    kinds = [event.kind for event in store.events.after(found.id, 0)]
    assert kinds == ["state", "state", "phase", "done"]


def test_a_second_judgement_of_a_round_is_refused_by_the_database_itself(
    store: Store, claim: Claim, queue: Queue
) -> None:
    queue.finish(claim, OUTCOME)

    with pytest.raises(StoreError, match="UNIQUE"), store.database.write() as connection:
        add_judgement(connection, claim.submission.id, 0, OUTCOME)
    assert count(store, tables.judgements) == 1


def test_a_trial_ends_a_run_without_a_verdict(store: Store, me: int, queue: Queue) -> None:
    run = store.submissions.accept(me, wanted(kind=Kind.RUN, args=[2]))
    queue.finish(claimed(queue), a_trial())

    assert store.submissions.get(me, Kind.RUN, run.id).state is State.JUDGED
    assert store.judgements.trial(run.id) == a_trial()
    assert store.judgements.of(run.id, 0) is None


def test_what_was_given_back_waits_for_its_reason_and_its_time(
    store: Store, claim: Claim, queue: Queue
) -> None:
    queue.release(claim, "no engine answers", 60)

    assert state(store, claim) == (State.QUEUED, "no engine answers")
    assert queue.claim() is None
    set_times(store, claim.submission.id, not_before=datetime.now(UTC) - timedelta(seconds=1))
    again = claimed(queue)
    assert again.submission.reason is None
    assert (again.attempt, again.submission.crashes) == (2, 0)


def test_what_waits_for_its_time_holds_up_nobody(
    store: Store, me: int, claim: Claim, queue: Queue
) -> None:
    queue.release(claim, "no image", 60)
    next_one = store.submissions.accept(me, wanted())

    assert claimed(queue).submission.id == next_one.id


def test_cancelling_while_it_is_judged_tells_the_worker_at_its_next_word(
    store: Store, me: int, claim: Claim, queue: Queue
) -> None:
    queue.tell(claim, [("phase", {"name": "box"})])
    store.submissions.cancel(me, Kind.SUBMISSION, claim.submission.id)

    with pytest.raises(Abandoned):
        queue.tell(claim, [("phase", {"name": "tests"})])
    assert state(store, claim) == (State.CANCELLED, None)
    assert store.events.after(claim.submission.id, 0)[-1].kind == "done"
    assert queue.take_back(all_others=True) == 0
