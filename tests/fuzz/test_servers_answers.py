"""Whatever answers in a server's place is read, or is a ServerError with words."""

import contextlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge import wire
from judge.cli.there import submit_there
from judge.client import Client, connect, following
from judge.client.following import Followed, follow
from judge.errors import JudgeError, ServerError
from judge.wire import examples
from judge.wire.submissions import NewSubmission
from tests.fuzz.examples import edited, edits, json_values, many, objects
from tests.listening import listening

NEW = NewSubmission(problem="double", source="x", key="k")
DONE = b'event: done\ndata: {"id": 1}\nid: 9\n\n'


class Saying:
    """A server that says what it was told to, and the last thing again and again."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, dict[str, str], bytes]] = []

    def say(self, *bodies: bytes, status: int = 200, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers = [(status, {wire.API_HEADER: "1"} | named, body) for body in bodies]

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        status, headers, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": pairs})
        await send({"type": "http.response.body", "body": body})


@pytest.fixture(scope="module")
def there() -> Iterator[tuple[Client, Saying]]:
    server = Saying()
    with pytest.MonkeyPatch.context() as patch, listening(server) as url:
        patch.setattr(following, "PAUSE_SECONDS", 0.0)
        patch.setattr(following, "PATIENCE_SECONDS", 0.2)
        with connect(url, "token") as client:
            yield client, server


ASKS: list[Callable[[Client], object]] = [
    lambda client: client.problems(),
    lambda client: client.submit(NEW),
    lambda client: client.submission(1),
    lambda client: client.submissions(limit=1),
    lambda client: client.new_link(),
    lambda client: client.readiness(),
    lambda client: client.cancel("runs", 1),
]
GOOD: list[dict[str, Any]] = [examples.SUBMISSION, examples.SUMMARY, examples.RUN]
answers = st.builds(
    lambda good, odd: as_json(good | odd),
    st.sampled_from(GOOD),
    objects("id", "state", "judgement", "source", "args", "problems", "submissions", "path"),
)


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


bodies = answers | st.builds(edited, answers, edits) | json_values.map(as_json) | st.binary()


@many
@given(bodies, st.sampled_from([200, 202, 204, 400, 404, 422, 500, 503]), st.sampled_from(ASKS))
def test_any_answer_is_a_model_or_an_error_in_words(
    there: tuple[Client, Saying], body: bytes, status: int, ask: Callable[[Client], object]
) -> None:
    client, server = there
    server.say(body if status != 204 else b"", status=status)

    with contextlib.suppress(ServerError):
        ask(client)


lines = st.one_of(
    st.builds(
        lambda name, colon, value, end: name + colon + value + end,
        st.sampled_from([b"data", b"event", b"id", b"retry", b"", b"dat"]),
        st.sampled_from([b": ", b":", b""]),
        st.sampled_from([b"{}", b"1", b"done", b"test", b"-1", b"9" * 400]) | st.binary(max_size=6),
        st.sampled_from([b"\n", b"\r\n", b"\r", b"\n\n", b"\n\n"]),
    ),
    st.sampled_from([b": ping\n\n", b"\xef\xbb\xbf", b"\n"]),
    st.binary(max_size=8),
)


# A mark beyond ASCII has a test of its own below.
streams = st.lists(lines, max_size=8).map(b"".join).filter(lambda s: s.isascii() or b"id" not in s)


@many
@given(streams)
def test_any_stream_is_events_or_an_error_in_words(
    there: tuple[Client, Saying], said: bytes
) -> None:
    client, server = there
    server.say(said, b"\n\n" + DONE, content_type="text/event-stream")

    with contextlib.suppress(ServerError):
        heard = list(follow(client, "submissions", 1))
        assert all(isinstance(one, Followed) for one in heard)
        assert heard[-1].kind == "done"


CLIENT = "judge.client lets another exception through"


@pytest.mark.parametrize("mark", ["é", "\x0b"], ids=ascii)
def test_a_mark_that_no_header_can_carry_does_not_end_the_following(
    there: tuple[Client, Saying], mark: str
) -> None:
    client, server = there
    first = f"event: phase\ndata: {{}}\nid: {mark}\n\n".encode()
    server.say(first, DONE, content_type="text/event-stream")

    assert [one.kind for one in follow(client, "submissions", 1)] == ["phase", "done"]


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_an_answer_that_cannot_be_unpacked_is_an_error_in_words(
    there: tuple[Client, Saying], encoding: str
) -> None:
    client, server = there
    server.say(b"hello", content_encoding=encoding, content_type="text/event-stream")

    for ask in (client.problems, client.readiness, lambda: list(follow(client, "runs", 1))):
        with pytest.raises(ServerError):
            ask()


@pytest.mark.parametrize("kind", ["done", "state"])
@pytest.mark.parametrize("data", ["{", "{}"])
def test_an_event_of_any_content_is_an_error_in_words(
    there: tuple[Client, Saying], kind: str, data: str
) -> None:
    client, server = there
    stream = f"event: {kind}\ndata: {data}\nid: 1\n\n".encode() + DONE
    accepted = as_json(examples.SUBMISSION)
    server.say(accepted, stream, content_type="text/event-stream")

    with pytest.raises(JudgeError):
        submit_there(client, "double", "x", lambda _: None)
