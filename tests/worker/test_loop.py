"""The worker: whatever happens, a submission ends with one judgement or waits for a reason."""

import itertools
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from judge.errors import EngineUnavailable, ImageMissing
from judge.model import State, Verdict
from judge.queue import MAX_CRASHES, Queue
from judge.store import Kind, Store, tables
from judge.worker import loop
from tests.builders import SOURCE, a_judgement, a_trial
from tests.fakes import FakeJudge
from tests.stored import set_times
from tests.waiting import eventually
from tests.worker.conftest import Submit, Until, Working

pytestmark = pytest.mark.usefixtures("hurried")
AWAY = EngineUnavailable("no container engine answers")


def trouble(store: Store) -> str | None:
    return next((worker.trouble for worker in store.service.workers()), "nobody works")


def test_what_is_judged_is_recorded_with_all_that_was_heard(
    store: Store, fake: FakeJudge, working: Working, submit: Submit, until: Until
) -> None:
    fake.judgement = a_judgement(Verdict.WA)
    submission_id = submit()
    with working():
        until(submission_id)

    assert store.judgements.of(submission_id, 0) == fake.judgement
    assert fake.judged == [("double", SOURCE, False)]
    heard = [(one.kind, one.data) for one in store.events.after(submission_id, 0)]
    assert [kind for kind, _ in heard] == [
        "state", "state", "phase", "collected", "test", "test", "done",
    ]  # fmt: skip
    assert heard[1][1] == {"state": "judging", "attempt": 1}
    assert heard[3][1] == {"total": 2}
    assert [data["index"] for kind, data in heard if kind == "test"] == [0, 1]


def test_a_run_is_judged_with_the_samples_only(
    fake: FakeJudge, working: Working, submit: Submit, until: Until
) -> None:
    run = submit(kind=Kind.RUN)
    with working():
        until(run, kind=Kind.RUN)

    assert fake.judged == [("double", SOURCE, True)]


@pytest.mark.parametrize(("args", "stdin"), [([2, "ä"], None), ([], None), (None, ""), (None, "2")])
def test_a_run_with_an_input_of_ones_own_is_a_trial(
    store: Store,
    fake: FakeJudge,
    working: Working,
    submit: Submit,
    until: Until,
    args: list[object] | None,
    stdin: str | None,
) -> None:
    fake.trial = a_trial(matches=False)
    run = submit(kind=Kind.RUN, args=args, stdin=stdin)
    with working():
        until(run, kind=Kind.RUN)

    assert store.judgements.trial(run) == fake.trial
    assert store.judgements.of(run, 0) is None
    assert (fake.tried, fake.judged) == ([(args, stdin)], [])


def test_without_an_engine_nothing_is_claimed_and_the_reason_is_known(
    store: Store, fake: FakeJudge, working: Working, submit: Submit, until: Until
) -> None:
    fake.gone = AWAY
    submission_id = submit()
    with working():
        eventually(lambda: trouble(store) == str(AWAY))
        assert until(submission_id, State.QUEUED).attempts == 0
        fake.gone = None
        until(submission_id)
        assert trouble(store) is None


def test_an_engine_that_goes_while_judging_costs_nobody_anything(
    store: Store, fake: FakeJudge, working: Working, submit: Submit, until: Until
) -> None:
    fake.fault = fake.gone = AWAY
    fake.gone = None
    submission_id = submit()
    with working():
        until(submission_id, State.QUEUED, reason=str(AWAY))
        fake.gone = AWAY
        eventually(lambda: trouble(store) == str(AWAY))
        fake.gone = fake.fault = None
        until(submission_id)

    judgement = store.judgements.of(submission_id, 0)
    assert judgement is not None
    assert judgement.verdict is Verdict.AC
    assert store.submissions.get(1, Kind.SUBMISSION, submission_id).crashes == 0


def test_an_engine_that_goes_while_nothing_is_to_do_is_missed(
    store: Store, fake: FakeJudge, working: Working
) -> None:
    with working():
        eventually(lambda: trouble(store) is None)
        fake.gone = AWAY
        eventually(lambda: trouble(store) == str(AWAY))


def test_a_missing_image_holds_up_only_what_needs_it(
    store: Store, fake: FakeJudge, working: Working, submit: Submit, until: Until
) -> None:
    missing = ImageMissing("ml")
    needs_it, does_not = submit(), submit(source=SOURCE + "# other\n")
    judge = fake.judge

    def without_image(problem, source, *rest, **options):
        if source == SOURCE and missing is not None:
            raise missing
        return judge(problem, source, *rest, **options)

    fake.judge = without_image  # type: ignore[method-assign]  # one source is told from another
    with working():
        until(does_not)
        waits = until(needs_it, State.QUEUED, reason=str(ImageMissing("ml")))
        assert waits.finished_at is None
        assert trouble(store) is None
        assert len(fake.opened) == 1
        missing = None
        until(needs_it)


def test_stopping_gives_back_what_is_judged_and_what_comes_of_it_is_void(
    store: Store, fake: FakeJudge, working: Working, submit: Submit, until: Until
) -> None:
    ended = threading.Event()
    fake.meanwhile = lambda: ended.wait(10) and None
    submission_id = submit()
    with working() as worker:
        eventually(lambda: fake.judged)
        worker.stop()
        found = until(submission_id, State.QUEUED, reason="the judge was stopped")
        ended.set()

    assert (found.crashes, found.attempts) == (0, 1)
    assert until(submission_id, State.QUEUED, reason="the judge was stopped") == found
    assert store.judgements.of(submission_id, 0) is None
    assert store.service.workers() == []
    fake.meanwhile = lambda: None
    with working():
        until(submission_id)


def test_a_worker_that_begins_takes_up_what_the_last_one_left(
    store: Store, working: Working, submit: Submit, until: Until
) -> None:
    submission_id = submit()
    Queue(store.database, "a dead worker").claim()
    with working():
        found = until(submission_id)

    assert (found.attempts, found.crashes) == (2, 1)


def test_a_submission_that_workers_die_of_is_je_in_the_end(
    store: Store, fake: FakeJudge, working: Working, submit: Submit, until: Until
) -> None:
    submission_id = submit()
    with store.database.write() as connection:
        connection.execute(tables.submissions.update().values(crashes=MAX_CRASHES + 1))
    with working():
        until(submission_id)

    judgement = store.judgements.of(submission_id, 0)
    assert judgement is not None
    assert judgement.verdict is Verdict.JE
    assert fake.judged == []


def test_a_cancelled_submission_is_let_go_at_the_next_word_and_the_next_is_judged(
    store: Store, me: int, fake: FakeJudge, working: Working, submit: Submit, until: Until
) -> None:
    cancelled = submit()

    def cancel() -> None:
        fake.meanwhile = lambda: None
        store.submissions.cancel(me, Kind.SUBMISSION, cancelled)

    fake.meanwhile = cancel
    next_one = submit()
    with working():
        until(next_one)

    assert until(cancelled, State.CANCELLED).attempts == 1
    assert store.judgements.of(cancelled, 0) is None


def test_as_many_are_judged_at_once_as_there_are_threads(
    fake: FakeJudge, working: Working, submit: Submit, until: Until
) -> None:
    together = threading.Barrier(3)
    fake.meanwhile = lambda: together.wait(10) and None
    ids = [submit() for _ in range(3)]
    with working(threads=3):
        for one in ids:
            until(one)

    assert not together.broken


def test_a_hint_is_heard_at_once_and_given_for_everything_stored(
    working: Working, submit: Submit, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "IDLE_SECONDS", 30.0)
    hints = itertools.count()
    with working(hint=lambda: next(hints) and None) as worker:
        until_idle = time.monotonic() + 0.2
        while time.monotonic() < until_idle:
            time.sleep(0.01)
        before = next(hints)
        submission_id = submit()
        started = time.monotonic()
        worker.wake()
        until(submission_id)
        assert time.monotonic() - started < 5
        # A claim, a phase, the number of tests, two tests, the end.
        assert eventually(lambda: next(hints) - before > 6)


def test_the_beat_keeps_leases_says_that_the_worker_lives_and_forgets_what_is_old(
    store: Store, fake: FakeJudge, working: Working, submit: Submit, until: Until
) -> None:
    ended = threading.Event()
    fake.meanwhile = lambda: ended.wait(10) and None
    old = submit(kind=Kind.RUN)
    store.submissions.cancel(1, Kind.RUN, old)
    set_times(store, old, created_at=datetime.now(UTC) - timedelta(days=2))
    submission_id = submit()
    with working():
        until(submission_id, State.JUDGING)
        set_times(store, submission_id, lease_until=datetime.now(UTC) - timedelta(seconds=1))
        with store.database.write() as connection:
            long_ago = datetime.now(UTC) - timedelta(minutes=1)
            connection.execute(tables.workers.update().values(seen_at=long_ago))
        eventually(store.service.workers)
        eventually(lambda: store.events.after(old, 0) == [])
        ended.set()
        assert until(submission_id).attempts == 1


def test_a_dead_workers_submission_is_found_by_the_beat_of_another(
    store: Store, working: Working, submit: Submit, until: Until
) -> None:
    with working():
        eventually(store.service.workers)
        submission_id = submit()
        with store.database.write() as connection:
            rows = tables.submissions
            connection.execute(
                rows.update()
                .where(rows.c.id == submission_id)
                .values(
                    state=State.JUDGING,
                    claimed_by="somebody",
                    lease_until=datetime.now(UTC) - timedelta(seconds=1),
                )
            )
        until(submission_id)
