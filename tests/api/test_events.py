"""Events of a submission: all of them, in order, over as many connections as it takes."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from httpx import Client
from httpx_sse import EventSource, ServerSentEvent

from judge import wire
from judge.api import feed
from judge.queue import Queue
from judge.store import Judged, Kind, tables
from tests.api.conftest import BEARER, Api, Worker, new_api
from tests.builders import SOURCE, a_judgement, a_test, wanted
from tests.stored import judge_next

MODELS = {
    "state": wire.StateChanged,
    "phase": wire.PhaseStarted,
    "collected": wire.Collected,
    "test": wire.TestEnded,
    "attempt_failed": wire.AttemptFailed,
    "done": wire.Submission,
}


def submit(api: Api, kind: Kind = Kind.SUBMISSION, **changed: object) -> int:
    return api.store.submissions.accept(api.me, wanted(kind=kind, **changed)).id


@contextmanager
def stream(
    client: Client, number: int, last: str | None = None, what: str = "submissions"
) -> Iterator[Iterator[ServerSentEvent]]:
    headers = {} if last is None else {"Last-Event-ID": last}
    with client.stream("GET", f"/api/{what}/{number}/events", headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield EventSource(answer).iter_sse()


def heard(client: Client, number: int, last: str | None = None) -> list[ServerSentEvent]:
    """Everything until the stream ends."""
    with stream(client, number, last) as events:
        return list(events)


def ids(events: list[ServerSentEvent]) -> list[int]:
    """The ids of what is stored; httpx-sse repeats the last one for an event without."""
    return [int(event.id) for event in events if event.id]


def test_what_happened_is_told_in_order_and_ends_with_the_submission(
    own: Api, client: Client, worker: Worker
) -> None:
    number = submit(own)
    claim = worker.claim()
    worker.tell(claim, "phase", name="box")
    worker.tell(claim, "collected", total=2)
    for index, name in enumerate(("test_two", "hidden/01")):
        test = {"name": name, "group": "g", "sample": False, "state": "judged", "verdict": "AC"}
        worker.tell(claim, "test", index=index, test=test | {"cpu_seconds": 0.1, "memory_mib": 1})
    worker.tell(claim, "attempt_failed", attempt=1)
    worker.finish(claim)
    events = heard(client, number)

    assert [event.event for event in events] == [
        "state", "state", "phase", "collected", "test", "test", "attempt_failed", "done",
    ]  # fmt: skip
    for event in events:
        MODELS[event.event].model_validate_json(event.data)
    assert ids(events) == sorted(set(ids(events)))
    assert json.loads(events[-1].data) == client.get(f"/api/submissions/{number}").json()
    assert [json.loads(event.data)["index"] for event in events if event.event == "test"] == [0, 1]
    assert "secret" not in events[-2].data


def test_what_happens_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "LOOK_SECONDS", 60.0)  # what is told before that was hinted at
    with new_api(tmp_path) as api, Client(base_url=api.url, headers=BEARER) as client:
        worker = Worker(api, Queue(api.store.database, "w"))
        with stream(client, submit(api)) as events:
            assert next(events).event == "state"
            claim = worker.claim()
            while json.loads(next(events).data)["state"] != "judging":
                pass
            worker.tell(claim, "phase", name="box")
            assert json.loads(next(events).data) == {"name": "box"}
            worker.finish(claim)
            assert [event.event for event in events] == ["done"]


@pytest.mark.parametrize("after", range(5))
def test_a_connection_that_broke_goes_on_where_it_was(
    own: Api, client: Client, worker: Worker, after: int
) -> None:
    number = submit(own)
    claim = worker.claim()
    worker.tell(claim, "phase", name="box")
    worker.tell(claim, "phase", name="tests")
    worker.finish(claim)
    whole = heard(client, number)
    assert len(whole) == 5

    again = heard(client, number, whole[after].id)
    expected = whole[after + 1 :] or whole[-1:]  # whoever heard `done` is told it again
    assert [(one.event, one.id, one.data) for one in again] == [
        (one.event, one.id, one.data) for one in expected
    ]


@pytest.mark.parametrize("last", ["1000000", str(2**63 - 1)])
def test_from_beyond_the_end_there_is_only_the_end(
    own: Api, client: Client, worker: Worker, last: str
) -> None:
    number = submit(own)
    with stream(client, number, last) as events:
        claim = worker.claim()
        worker.finish(claim)
        found = [event for event in events if event.event != "state"]

    assert [event.event for event in found] == ["done"]
    assert [event.event for event in heard(client, number, last)] == ["done"]


def test_when_the_events_are_forgotten_the_submission_is_not(own: Api, client: Client) -> None:
    number = submit(own)
    judge_next(own.store)
    with own.store.database.write() as connection:
        long_ago = datetime(2020, 1, 1, tzinfo=UTC)
        connection.execute(tables.events.update().values(created_at=long_ago))
    own.store.events.forget()

    (done,) = heard(client, number)
    assert done.event == "done"
    assert json.loads(done.data)["judgement"]["verdict"] == "AC"


def test_text_with_every_kind_of_line_end_arrives_as_it_was(
    own: Api, client: Client, worker: Worker
) -> None:
    said = "a\u2028b\x85c\x0cd\re\nf\r\n\x1c\0\ufeff\U0001f600 data: x\n\nid: 7\n"
    number = submit(own, source=SOURCE + f"# {said!r}\n")
    test = a_test("test_two", stdout=said, message=said)
    judgement = a_judgement(tests=(test,), message=said)
    own.store.submissions.get(own.me, Kind.SUBMISSION, number)
    judge_next(own.store, Judged(judgement, "seeds"))
    done = wire.Submission.model_validate_json(heard(client, number)[-1].data)

    assert done.judgement is not None
    assert (done.judgement.message, done.judgement.tests[0].stdout) == (said, said)
