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
NOTICE_SECONDS = 2.0  # a shorter absence is not worth a word
PAUSE_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Followed:
    """One event: its name and its JSON."""

    kind: str
    data: str


AWAY = Followed("away", "")


def follow(client: Client, what: str, submission_id: int) -> Iterator[Followed]:
    """Yield the events of one of `submissions` or `runs`; the last is `done`.

    One more, AWAY, is ours: the server is gone and asked again, for up to a minute.

    Raises:
        ServerError: the server refuses, or was gone for a minute. The submission is not lost.
    """
    last, absence = "", _Absence()
    while True:
        lost: Exception | None = None
        try:
            with _connection(client, f"/api/{what}/{submission_id}/events", last) as events:
                absence = _Absence()
                for event in events:
                    last = event.id or last
                    yield Followed(event.event, event.data)
                    if event.event == "done":
                        return
        except (httpx.TransportError, SSEError, ServerError) as error:
            lost = _passing(error)
        if absence.is_news():
            yield AWAY
        if lost is not None and absence.seconds > PATIENCE_SECONDS:
            raise ServerError(
                f"the connection to {client.http.base_url} is lost ({lost}); "
                f"`judge status {submission_id}` shows later what became of it"
            ) from lost
        time.sleep(PAUSE_SECONDS)


def _passing(error: Exception) -> Exception:
    """Return an error that goes by; raise one that would come again."""
    if isinstance(error, ServerError) and error.status != HTTPStatus.SERVICE_UNAVAILABLE:
        raise error
    return error  # of the server's: too many follow just now, or its database is busy


class _Absence:
    """A time without a server, from the end of the last connection.

    Not from the last event: a server may have nothing to say for hours.
    """

    def __init__(self) -> None:
        self._since: float | None = None
        self._told = False

    @property
    def seconds(self) -> float:
        """How long it has lasted; the first look at it is its beginning."""
        now = time.monotonic()
        self._since = now if self._since is None else self._since
        return now - self._since

    def is_news(self) -> bool:
        """Whether it is worth a word, and none was said."""
        news = not self._told and self.seconds > NOTICE_SECONDS
        self._told |= news
        return news


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
