"""A thousand who follow: five hundred are let in, and everybody else is still answered."""

import asyncio
import contextlib
import resource
import time
from collections.abc import Iterator

import pytest
from httpx import Client

from judge.api.feed import MAX_STREAMS
from judge.store import Kind
from tests.api.conftest import TOKEN, Api
from tests.builders import SOURCE, wanted
from tests.waiting import eventually

pytestmark = pytest.mark.slow
CROWD = 1000


@pytest.fixture(autouse=True)
def _many_files() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 3 * CROWD:
        pytest.skip("not enough open files are allowed")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 3 * CROWD), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


class Follower:
    """A connection that asked for the events of a submission."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.status = 0

    @classmethod
    async def ask(cls, api: Api, number: int) -> "Follower":
        reader, writer = await asyncio.open_connection(*api.host.split(":"))
        lines = [
            f"GET /api/submissions/{number}/events HTTP/1.1",
            f"Host: {api.host}",
            f"Authorization: Bearer {TOKEN}",
            "\r\n",
        ]
        writer.write("\r\n".join(lines).encode())
        follower = cls(reader, writer)
        follower.status = int((await reader.readline()).split()[1])
        return follower

    async def until(self, text: bytes) -> bytes:
        return await asyncio.wait_for(self.reader.readuntil(text), 20)

    async def leave(self) -> None:
        self.writer.transport.abort()
        with contextlib.suppress(OSError):
            await self.writer.wait_closed()


def test_of_a_thousand_streams_five_hundred_are_open_and_the_rest_refused(
    own: Api, client: Client
) -> None:
    feed = own.app.state.running.feed
    number = own.store.submissions.accept(own.me, wanted()).id
    asyncio.run(_crowd(own, client, number))

    eventually(lambda: feed.streams == 0)
    eventually(lambda: not feed._followers)


async def _crowd(api: Api, client: Client, number: int) -> None:
    followers: list[Follower] = []
    try:
        await _fill(api, client, number, followers)
    finally:
        await asyncio.gather(*(one.leave() for one in followers))


async def _fill(api: Api, client: Client, number: int, followers: list[Follower]) -> None:
    async def ask(count: int) -> list[Follower]:
        asked = await asyncio.gather(*(Follower.ask(api, number) for _ in range(count)))
        followers.extend(asked)
        return asked

    await ask(CROWD)
    inside = [one for one in followers if one.status == 200]
    refused = [one for one in followers if one.status == 503]
    assert (len(inside), len(refused)) == (MAX_STREAMS, CROWD - MAX_STREAMS)
    said = await refused[0].until(b"}")
    assert b"application/problem+json" in said
    assert b"retry-after: 5" in said.lower()

    started = time.monotonic()
    answers = await asyncio.to_thread(_ask_for_other_things, client)
    assert answers == [200, 200, 202]
    assert time.monotonic() - started < 5

    await asyncio.gather(*(one.leave() for one in inside[:10]))
    await asyncio.to_thread(eventually, lambda: api.app.state.running.feed.streams < MAX_STREAMS)
    (late,) = await ask(1)
    assert late.status == 200

    await asyncio.to_thread(api.store.submissions.cancel, api.me, Kind.SUBMISSION, number)
    api.hint()
    await asyncio.gather(*(one.until(b"event: done") for one in [late, *inside[10:]]))


def _ask_for_other_things(client: Client) -> list[int]:
    return [
        client.get("/api/version").status_code,
        client.get("/api/submissions").status_code,
        client.post("/api/submissions", json={"problem": "double", "source": SOURCE}).status_code,
    ]
