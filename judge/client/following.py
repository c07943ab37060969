"""Following one submission to its end, over as many connections as it takes."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
from httpx_sse import ServerSentEvent, SSEError, connect_sse

from judge.client.http import Client, checked
from judge.errors import ServerError

PATIENCE_SECONDS = 60.0  # without any sign of the server; it pings every 15 s
PAUSE_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Followed:
    """One event: its name and its JSON."""

    kind: str
    data: str


def follow(client: Client, what: str, submission_id: int) -> Iterator[Followed]:
    """Yield the events of one of `submissions` or `runs`; the last is `done`.

    Raises:
        ServerError: the server refuses, or was gone for a minute. The submission is not lost.
    """
    last = ""
    heard = time.monotonic()
    while True:
        try:
            for event in _connection(client, f"/api/{what}/{submission_id}/events", last):
                heard = time.monotonic()
                last = event.id or last
                yield Followed(event.event, event.data)
                if event.event == "done":
                    return
        except (httpx.TransportError, SSEError) as error:
            if time.monotonic() - heard > PATIENCE_SECONDS:
                raise ServerError(
                    f"the connection to {client.http.base_url} is lost ({error}); "
                    f"`judge status {submission_id}` shows later what became of it"
                ) from error
        time.sleep(PAUSE_SECONDS)


def _connection(client: Client, path: str, last: str) -> Iterator[ServerSentEvent]:
    headers = {"Last-Event-ID": last} if last else {}
    timeout = httpx.Timeout(30.0, read=PATIENCE_SECONDS)
    with connect_sse(client.http, "GET", path, headers=headers, timeout=timeout) as source:
        checked(source.response)
        yield from source.iter_sse()
