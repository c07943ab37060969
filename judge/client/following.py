"""Following one submission to its end, over as many connections as it takes."""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

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
    gone_since: float | None = None
    while True:
        lost: Exception | None = None
        try:
            with _connection(client, f"/api/{what}/{submission_id}/events", last) as events:
                gone_since = None
                for event in events:
                    last = event.id or last
                    yield Followed(event.event, event.data)
                    if event.event == "done":
                        return
        except (httpx.TransportError, SSEError) as error:
            lost = error
        except ServerError as error:
            if error.status != HTTPStatus.SERVICE_UNAVAILABLE:
                raise
            lost = error  # too many follow just now, or its database is busy
        now = time.monotonic()
        # Not since the last event: a server may have nothing to say for hours.
        gone_since = now if gone_since is None else gone_since
        if lost is not None and now - gone_since > PATIENCE_SECONDS:
            raise ServerError(
                f"the connection to {client.http.base_url} is lost ({lost}); "
                f"`judge status {submission_id}` shows later what became of it"
            ) from lost
        time.sleep(PAUSE_SECONDS)


@contextlib.contextmanager
def _connection(client: Client, path: str, last: str) -> Iterator[Iterator[ServerSentEvent]]:
    headers = {"Last-Event-ID": last} if last.isdecimal() and last.isascii() else {}
    timeout = httpx.Timeout(30.0, read=PATIENCE_SECONDS)
    try:
        with connect_sse(client.http, "GET", path, headers=headers, timeout=timeout) as source:
            checked(source.response)
            # httpx-sse makes an event without data of every ping.
            yield (event for event in source.iter_sse() if event.data)
    except httpx.DecodingError as error:
        raise ServerError(f"the server sends what cannot be read: {error}") from error
