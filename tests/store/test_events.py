"""Events and what workers leave to be read: in order, by submission, and not for ever."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from judge.model import State
from judge.queue import Claim, Queue
from judge.store import ImageFacts, Judged, Kind, Store, tables
from judge.store.events import EVENTS_ARE_KEPT, News, add_event
from judge.store.service import SILENT_AFTER
from tests.builders import a_judgement, wanted


def accepted(store: Store, learner: int) -> int:
    return store.submissions.accept(learner, wanted()).id


def test_events_come_in_the_order_they_happened_and_of_one_submission_only(
    store: Store, me: int
) -> None:
    first, second = accepted(store, me), accepted(store, me)
    with store.database.write() as connection:
        for number in range(3):
            add_event(connection, second, "phase", {"name": "other"})
            add_event(connection, first, "phase", {"name": f"{number} \u2028"})

    found = store.events.after(first, 0)
    assert [one.data.get("name") for one in found] == [None, "0 \u2028", "1 \u2028", "2 \u2028"]
    assert [one.id for one in found] == sorted({one.id for one in found})
    assert {one.submission_id for one in found} == {first}
    assert store.events.after(first, found[1].id) == found[2:]
    assert store.events.after(first, found[-1].id) == []


def test_news_are_told_once_with_whom_they_are_about(store: Store, me: int) -> None:
    start = store.events.newest()
    first, second = accepted(store, me), accepted(store, me)

    news = store.events.news(start)
    assert news.touched == {first, second}
    assert news.newest == store.events.newest() > start
    assert store.events.news(news.newest) == News(news.newest, set(), moved=False)


def test_only_what_moves_the_queue_is_news_of_the_queue(store: Store, me: int) -> None:
    def moved(happen: Callable[[], object]) -> bool:
        last = store.events.newest()
        happen()
        return store.events.news(last).moved

    queue = Queue(store.database, "w")
    submission_id = accepted(store, me)
    assert moved(lambda: accepted(store, me))
    assert moved(queue.claim)
    claim = Claim(store.submissions.get(me, Kind.SUBMISSION, submission_id), "w", 1)
    assert not moved(lambda: queue.tell(claim, [("phase", {"name": "box"})]))
    assert moved(lambda: queue.finish(claim, Judged(a_judgement(), "seeds")))
    assert moved(lambda: store.submissions.cancel(me, Kind.SUBMISSION, accepted(store, me)))


def test_events_are_forgotten_after_a_day_and_their_ids_are_not_given_again(
    store: Store, me: int
) -> None:
    old = accepted(store, me)
    newest = store.events.newest()
    long_ago = datetime.now(UTC) - EVENTS_ARE_KEPT - timedelta(seconds=1)
    with store.database.write() as connection:
        connection.execute(update(tables.events).values(created_at=long_ago))
    store.submissions.cancel(me, Kind.SUBMISSION, old)

    assert store.events.forget() == 1
    assert store.events.forget() == 0
    (left,) = store.events.after(old, 0)
    assert (left.kind, left.id > newest) == ("done", True)


def test_the_newest_id_outlives_its_event(store: Store, me: int) -> None:
    accepted(store, me)
    before = store.events.newest()
    with store.database.write() as connection:
        connection.execute(
            update(tables.events).values(created_at=datetime(2020, 1, 1, tzinfo=UTC))
        )
    store.events.forget()
    accepted(store, me)

    assert store.events.newest() > before


def test_only_the_last_worker_that_came_counts_while_it_is_heard_of(store: Store) -> None:
    store.service.arrive("first")
    store.service.arrive("second")
    store.service.report("first", "I am dead")
    store.service.report("second", "no engine")
    (worker,) = store.service.workers()
    assert (worker.name, worker.trouble) == ("second", "no engine")

    silent = datetime.now(UTC) - SILENT_AFTER - timedelta(seconds=1)
    with store.database.write() as connection:
        connection.execute(update(tables.workers).values(seen_at=silent))
    assert store.service.workers() == []
    store.service.report("second", None)
    assert [one.trouble for one in store.service.workers()] == [None]
    store.service.leave("second")
    assert store.service.workers() == []


def test_an_image_is_known_as_it_was_seen_last(store: Store) -> None:
    old = ImageFacts("ml", "sha256:1", "3.13.1", {"numpy": "2.1"})
    new = ImageFacts("ml", "sha256:2", "3.13.2", {"numpy": "2.2", "scipy": "1.15"})
    assert store.service.image("ml") is None
    store.service.saw_image(old)
    store.service.saw_image(new)

    assert store.service.image("ml") == new
    assert store.service.image("deep") is None


def test_a_claim_is_an_event(store: Store, me: int) -> None:
    submission_id = accepted(store, me)
    Queue(store.database, "w").claim()

    assert store.events.after(submission_id, 0)[-1].data == {
        "state": State.JUDGING,
        "attempt": 1,
    }
