"""Streams that stay open: woken, told their place, ended, given up, and too many of them."""

import asyncio
import json
import threading
from pathlib import Path

import pytest
from httpx import Client

from judge import wire
from judge.api import feed
from judge.api.feed import Feed
from judge.api.following import follow
from judge.api.said import said_submission
from judge.store import ME, Judged, Kind
from tests.api.conftest import BEARER, Api, Worker, new_api
from tests.api.test_events import stream, submit
from tests.builders import a_judgement, a_trial, wanted
from tests.stored import judge_next, new_store
from tests.waiting import eventually


def test_without_any_hint_it_is_told_a_little_later(own: Api, client: Client) -> None:
    number = submit(own)
    with stream(client, number) as events:
        next(events)
        judge_next(own.store)
        assert [event.event for event in events][-1] == "done"


def test_a_run_is_followed_to_its_trial(own: Api, client: Client) -> None:
    number = submit(own, Kind.RUN, args=[2])
    judge_next(own.store, a_trial())
    with stream(client, number, what="runs") as events:
        *_, done = events

    assert wire.Run.model_validate_json(done.data).trial is not None


def test_cancelling_ends_every_stream_of_it(own: Api, client: Client, worker: Worker) -> None:
    number = submit(own)
    worker.claim()
    with stream(client, number) as first, stream(client, number) as second:
        next(first), next(second)
        client.post(f"/api/submissions/{number}/cancel", json={})
        ends = [list(events)[-1] for events in (first, second)]

    assert [(one.event, json.loads(one.data)["state"]) for one in ends] == [
        ("done", "cancelled")
    ] * 2


def test_waiting_is_told_with_the_place_and_the_reason(
    own: Api, client: Client, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "FRESH_SECONDS", 0.0)  # or steps of the queue are told together
    first, second = submit(own), submit(own)
    with stream(client, second) as events:
        places = []
        claim = None
        for event in events:
            said = json.loads(event.data)
            if event.event == "done":
                break
            if said["position"] is not None and said["state"] == "queued":
                places.append(said["position"])
            if said["position"] == 1 and claim is None:
                claim = worker.claim()
            if said["position"] == 0 and claim is not None and claim.submission.id == first:
                worker.finish(claim)
                claim = worker.claim()
                assert claim.submission.id == second
                worker.queue.release(claim, "no engine answers", 60)
                own.hint()
            if said["reason"] == "no engine answers":
                own.store.submissions.cancel(own.me, Kind.SUBMISSION, second)
                own.hint()

    assert places[:2] == [1, 0]


def test_a_place_is_told_of_what_was_queued_before_the_server_began(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        me = store.learners.named(ME)
        numbers = [store.submissions.accept(me, wanted()).id for _ in range(2)]
    with new_api(tmp_path) as api, Client(base_url=api.url, headers=BEARER) as client:
        with stream(client, numbers[1]) as events:
            said = [json.loads(next(events).data) for _ in range(2)]
        assert client.get(f"/api/submissions/{numbers[1]}").json()["position"] == 1

    assert said[1]["position"] == 1


def test_no_test_is_left_out_when_the_end_comes_while_reading(own: Api, worker: Worker) -> None:
    number = submit(own)
    claim = worker.queue.claim()
    assert claim is not None
    loads = 0

    def reload():
        nonlocal loads
        loads += 1
        if loads == 2:  # between two looks of the stream, all the rest happens
            worker.queue.tell(claim, [("phase", {"name": "tests"})])
            worker.queue.finish(claim, Judged(a_judgement(), "seeds"))
        return own.store.submissions.get(own.me, Kind.SUBMISSION, number)

    async def names() -> list[str | None]:
        feed = Feed(own.store)
        said = follow(own.store, feed, reload, 0, lambda one: said_submission(own.store, feed, one))
        return [event.event async for event in said]

    assert asyncio.run(names()) == ["state", "state", "phase", "done"]


def test_whoever_goes_away_frees_a_place(own: Api, client: Client) -> None:
    feed = own.app.state.running.feed
    number = submit(own)
    for _ in range(3):
        with stream(client, number) as events:
            next(events)
            assert feed.streams == 1
        eventually(lambda: feed.streams == 0)
    eventually(lambda: not feed._followers)


def test_a_refused_stream_takes_no_place(own: Api, client: Client) -> None:
    feed = own.app.state.running.feed
    assert client.get("/api/submissions/77/events").status_code == 404
    assert client.get("/api/submissions/x/events").status_code == 422
    nobody = client.get("/api/submissions/77/events", headers={"Authorization": "x"})
    assert nobody.status_code == 401

    eventually(lambda: feed.streams == 0)


def test_hints_from_many_threads_lose_nothing(own: Api, client: Client, worker: Worker) -> None:
    number = submit(own)
    claim = worker.claim()
    with stream(client, number) as events:
        teller = threading.Thread(
            target=lambda: [worker.tell(claim, "collected", total=n) for n in range(200)]
        )
        teller.start()
        totals = []
        for event in events:
            if event.event == "collected":
                totals.append(json.loads(event.data)["total"])
            if len(totals) == 200:
                break
        teller.join()

    assert totals == list(range(200))
