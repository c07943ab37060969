"""Bodies over a real socket: too long, too slow, cut short, and in pieces."""

import json
import socket
import time
from collections.abc import Iterator

import pytest
from httpx import Client
from starlette.requests import Request
from starlette.responses import Response

from judge.api.body import MAX_BYTES, Bounded
from tests.api.conftest import TOKEN, Api
from tests.api.test_access import said
from tests.builders import SOURCE
from tests.listening import exchange, listening

SUBMISSIONS = "/api/submissions"


def head(api: Api, *more: str, path: str = SUBMISSIONS) -> bytes:
    lines = [
        f"POST {path} HTTP/1.1",
        f"Host: {api.host}",
        f"Authorization: Bearer {TOKEN}",
        "Content-Type: application/json",
        *more,
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def chunk(content: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(content), content)


def status(answer: bytes) -> int:
    return int(answer.split(b" ")[1])


def test_a_body_of_ten_megabytes_is_refused_in_words(learner: Client) -> None:
    answer = learner.post(SUBMISSIONS, content=b'{"source": "' + b"#" * 10_000_000 + b'"}')

    assert answer.status_code == 413
    assert "2 MiB" in said(answer)


def test_a_body_that_announces_too_much_is_refused_before_it_comes(api: Api) -> None:
    started = time.monotonic()
    answer = exchange(api.url, head(api, "Content-Length: 10000000000"))

    assert status(answer) == 413
    assert b"connection: close" in answer.lower()
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("length", ["-1", "abc", "1e9", "9" * 400, "5, 6", "0x10"])
def test_a_length_that_is_none_is_refused(api: Api, length: str) -> None:
    answer = exchange(api.url, head(api, f"Content-Length: {length}", "Connection: close"))

    assert status(answer) in {400, 413, 422}


def test_a_body_in_pieces_is_refused_when_they_are_too_much_together(api: Api) -> None:
    pieces = [chunk(b"#" * 65536)] * (MAX_BYTES // 65536 + 1)
    body = b"".join(pieces) + b"0\r\n\r\n"
    answer = exchange(api.url, head(api, "Transfer-Encoding: chunked"), body)

    assert status(answer) == 413


def test_a_body_in_pieces_is_one_body(api: Api) -> None:
    body = json.dumps({"problem": "double", "source": SOURCE}).encode()
    answer = exchange(
        api.url,
        head(api, "Transfer-Encoding: chunked", "Connection: close"),
        *(chunk(body[at : at + 10]) for at in range(0, len(body), 10)),
        b"0\r\n\r\n",
    )

    assert status(answer) == 202


def test_the_largest_source_fits_however_it_is_written(learner: Client) -> None:
    source = "é" * (128 * 1024 - 4) + "\n"
    escaped = "".join(f"\\u{ord(one):04x}" for one in source)
    for written in (json.dumps(source, ensure_ascii=False), f'"{escaped}"'):
        content = f'{{"problem": "double", "source": {written}}}'.encode()
        assert learner.post(SUBMISSIONS, content=content).status_code == 202


def test_a_body_that_was_cut_short_is_no_submission(api: Api) -> None:
    def count() -> int:
        return sum(api.store.submissions.counts().values())

    before = count()
    body = json.dumps({"problem": "double", "source": SOURCE}).encode()
    for lines in (f"Content-Length: {len(body) + 10}", "Transfer-Encoding: chunked"):
        with socket.create_connection(api.host.split(":")) as connection:
            sent = chunk(body) if "chunked" in lines else body
            connection.sendall(head(api, lines) + sent)
            time.sleep(0.05)
    time.sleep(0.1)

    assert count() == before


def test_what_is_no_http_at_all_is_refused(api: Api) -> None:
    assert exchange(api.url, b"\x16\x03\x01 hello\r\n\r\n").startswith(b"HTTP/1.1 400")


def test_a_body_in_a_get_is_nobodys_business(api: Api, learner: Client) -> None:
    request = learner.build_request("GET", SUBMISSIONS, content=b"#" * 100_000)

    assert learner.send(request).status_code == 200


async def echo(scope, receive, send) -> None:
    body = await Request(scope, receive).body()
    await Response(body)(scope, receive, send)


@pytest.fixture
def bounded() -> Iterator[str]:
    """A server that repeats what it is told, within bounds of 64 KiB and 0.3 s."""
    with listening(Bounded(echo, max_bytes=1 << 16, seconds=0.3)) as url:
        yield url


SLOW = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n"


@pytest.mark.parametrize("begun", [b"", b"12345"])
def test_a_body_that_does_not_come_keeps_nobody_waiting(bounded: str, begun: bytes) -> None:
    started = time.monotonic()
    answer = exchange(bounded, SLOW + begun)

    assert status(answer) == 408
    assert b"did not arrive" in answer
    assert b"connection: close" in answer.lower()
    assert 0.2 < time.monotonic() - started < 3


def test_a_body_that_dribbles_is_given_no_more_time_for_it(bounded: str) -> None:
    host, port = bounded.removeprefix("http://").split(":")
    started = time.monotonic()
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        connection.sendall(SLOW)
        for _ in range(3):
            connection.sendall(b"x")
            time.sleep(0.08)
        assert status(connection.recv(65536)) == 408
    assert time.monotonic() - started < 3


@pytest.mark.parametrize("size", [0, 1, 1 << 16])
def test_a_body_within_the_bounds_arrives_whole(bounded: str, size: int) -> None:
    with Client(base_url=bounded) as client:
        assert client.post("/", content=b"x" * size).content == b"x" * size
        assert client.post("/", content=b"x" * ((1 << 16) + 1)).status_code == 413
