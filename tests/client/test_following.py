"""Following over connections that break: nothing is heard twice, nothing is missed."""

import asyncio
import contextlib
import itertools
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from judge import wire
from judge.client import Client, connect, following
from judge.client.following import Followed, follow
from judge.errors import ServerError
from judge.queue import Queue
from judge.store import Judged
from tests.api.conftest import TOKEN, new_api
from tests.builders import a_judgement, wanted
from tests.listening import listening

SSE = [(b"content-type", b"text/event-stream"), (wire.API_HEADER.lower().encode(), b"1")]


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "PAUSE_SECONDS", 0.01)


class Scripted:
    """A server with one script a connection: what to send; an exception cuts the connection."""

    def __init__(self, *scripts: list[bytes | Exception | float]) -> None:
        self.scripts = list(scripts)
        self.resumed_from: list[str] = []

    async def __call__(self, scope, receive, send) -> None:
        headers = dict(scope["headers"])
        self.resumed_from.append(headers.get(b"last-event-id", b"").decode())
        script = self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]
        await send({"type": "http.response.start", "status": 200, "headers": SSE})
        for step in script:
            match step:
                case bytes():
                    await send({"type": "http.response.body", "body": step, "more_body": True})
                case float():
                    await asyncio.sleep(step)
                case _:
                    raise step
        await send({"type": "http.response.body", "body": b""})


def event(number: int, kind: str = "phase", data: str = "{}") -> bytes:
    return f"event: {kind}\ndata: {data}\nid: {number}\n\n".encode()


@contextlib.contextmanager
def scripted(*scripts: list[bytes | Exception | float]) -> Iterator[tuple[Client, Scripted]]:
    server = Scripted(*scripts)
    with listening(server) as url, connect(url, TOKEN) as client:
        yield client, server


CUT = ConnectionError("cut")
DONE = event(9, "done", '{"id": 1}')


def test_a_connection_cut_in_the_middle_goes_on_after_the_last_whole_event() -> None:
    first = [event(1), event(2), b"event: phase\ndata: {}\nid: 3\n", CUT]
    with scripted(first, [CUT], [event(3), DONE]) as (client, server):
        heard = list(follow(client, "submissions", 1))

    assert [one.kind for one in heard] == ["phase", "phase", "phase", "done"]
    assert heard[-1] == Followed("done", '{"id": 1}')
    assert server.resumed_from == ["", "2", "2"]


def test_a_stream_that_ends_before_the_end_is_taken_up_again() -> None:
    with scripted([event(1)], [], [DONE]) as (client, server):
        heard = list(follow(client, "submissions", 1))

    assert [one.kind for one in heard] == ["phase", "done"]
    assert server.resumed_from == ["", "1", "1"]


def test_after_done_nothing_more_is_asked() -> None:
    with scripted([DONE, event(10), CUT]) as (client, server):
        assert [one.kind for one in follow(client, "runs", 1)] == ["done"]
    assert len(server.resumed_from) == 1


def test_events_without_an_id_change_nothing_about_where_to_go_on() -> None:
    waiting = b'event: state\ndata: {"state": "queued"}\n\n'
    with scripted([event(4), waiting, b": ping\n\n", CUT], [DONE]) as (client, server):
        heard = list(follow(client, "submissions", 1))

    assert [one.kind for one in heard] == ["phase", "state", "done"]
    assert server.resumed_from == ["", "4"]


def test_a_server_that_had_nothing_to_say_for_long_may_still_be_lost_for_a_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(following, "PATIENCE_SECONDS", 0.4)
    quiet: list[bytes | Exception | float] = [event(1)]
    for _ in range(4):
        quiet += [0.2, b": ping\n\n"]
    with scripted([*quiet, CUT], [CUT], [DONE]) as (client, _):
        assert [one.kind for one in follow(client, "submissions", 1)] == ["phase", "done"]


def test_a_server_that_stays_away_is_given_up_with_the_way_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(following, "PATIENCE_SECONDS", 0.3)
    server = Scripted([event(1), CUT])
    with contextlib.ExitStack() as stack:
        with listening(server) as url:
            client = stack.enter_context(connect(url, TOKEN))
            events = follow(client, "submissions", 41)
            assert next(events).kind == "phase"
        started = time.monotonic()
        with pytest.raises(ServerError, match=r"is lost .*`judge status 41`"):
            list(events)
        assert time.monotonic() - started < 5


def test_a_server_that_is_away_for_more_than_a_moment_is_told_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(following, "NOTICE_SECONDS", 0.1)
    monkeypatch.setattr(following, "PATIENCE_SECONDS", 0.4)
    with contextlib.ExitStack() as stack:
        with listening(Scripted([event(1), CUT])) as url:
            client = stack.enter_context(connect(url, TOKEN))
            events = follow(client, "submissions", 41)
            assert next(events).kind == "phase"
        assert next(events).kind == "away"
        with pytest.raises(ServerError, match="is lost"):
            next(events)


def test_a_server_that_falls_silent_is_left_and_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(following, "PATIENCE_SECONDS", 0.2)
    with scripted([event(1), 0.5], [DONE]) as (client, server):
        assert [one.kind for one in follow(client, "submissions", 1)] == ["phase", "done"]
    assert server.resumed_from == ["", "1"]


@pytest.mark.parametrize(("status", "patient"), [(503, True), (404, False), (409, False)])
def test_a_crowd_is_waited_for_and_a_refusal_is_not(status: int, patient: bool) -> None:
    calls = itertools.count(1)
    trouble = wire.Trouble(title="no", status=status, detail="not now").model_dump_json()

    async def app(scope, receive, send) -> None:
        if scope["type"] != "http":
            return
        refused = next(calls) <= 2
        headers = SSE[1:] if refused else SSE
        start = {"status": status if refused else 200, "headers": headers}
        await send({"type": "http.response.start", **start})
        await send({"type": "http.response.body", "body": trouble.encode() if refused else DONE})

    with listening(app) as url, connect(url, TOKEN) as client:
        if patient:
            assert [one.kind for one in follow(client, "submissions", 1)] == ["done"]
        else:
            with pytest.raises(ServerError, match="not now"):
                list(follow(client, "submissions", 1))
            assert next(calls) == 2


def test_what_is_no_stream_is_no_judge() -> None:
    async def app(scope, receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"hello"})

    with (
        listening(app) as url,
        connect(url, TOKEN) as client,
        pytest.raises(ServerError, match="does not answer like a judge"),
    ):
        list(follow(client, "submissions", 1))


def test_text_with_every_line_end_comes_through_a_real_server(tmp_path: Path) -> None:
    said = "a\u2028b\x85c\x0cd\re\nf\r\n\x1c\0\U0001f600"
    with new_api(tmp_path) as api, connect(api.url, TOKEN) as client:
        number = api.store.submissions.accept(api.me, wanted()).id
        queue = Queue(api.store.database, "w")
        claim = queue.claim()
        assert claim is not None
        queue.tell(claim, [("phase", {"name": said})])
        queue.finish(claim, Judged(a_judgement(message=said), "seeds"))
        heard = {one.kind: json.loads(one.data) for one in follow(client, "submissions", number)}

    assert heard["phase"]["name"] == said
    assert heard["done"]["judgement"]["message"] == said
