"""A client that leaves in the middle of an answer is no mistake of ours; anything else is."""

import asyncio

import pytest
from anyio import BrokenResourceError, ClosedResourceError
from starlette.types import Message, Receive, Scope, Send

from judge.api.troubles import Caught


def answer_then_raise(error: Exception) -> None:
    """Have the middleware pass on an answer whose application fails half-way."""

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise error

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(_message: Message) -> None:
        pass

    asyncio.run(Caught(app)({"type": "http", "method": "GET", "path": "/"}, receive, send))


@pytest.mark.parametrize(
    "error",
    [
        BrokenResourceError(),
        ExceptionGroup("", [ClosedResourceError(), ExceptionGroup("", [BrokenResourceError()])]),
    ],
    ids=["alone", "in groups"],
)
def test_a_client_that_left_is_not_in_the_log(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    answer_then_raise(error)

    assert not caplog.records


@pytest.mark.parametrize(
    "error", [ZeroDivisionError(), ExceptionGroup("", [BrokenResourceError(), OSError()])]
)
def test_anything_else_half_way_is_for_the_server_to_tell(error: Exception) -> None:
    with pytest.raises(type(error)):
        answer_then_raise(error)
