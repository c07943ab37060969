"""Bodies have an end, in bytes and in seconds."""

import asyncio
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from judge.api.troubles import trouble

MAX_BYTES = 2 << 20  # 256 KiB of source, every character of it escaped
MAX_SECONDS = 20.0
# More than that is read and thrown away, as who is cut off while speaking does not hear why.
SPILL_BYTES = 16 << 20


class Bounded:
    """Middleware: reads the body before anybody waits for it, up to the bounds."""

    def __init__(
        self, app: ASGIApp, max_bytes: int = MAX_BYTES, seconds: float = MAX_SECONDS
    ) -> None:
        self._app, self._max_bytes, self._seconds = app, max_bytes, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its body at hand, or answer it."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._seconds):
                body = await self._read(Headers(scope=scope), receive)
        except ClientDisconnect:
            return  # what did not arrive whole was not asked
        except TimeoutError:
            refusal = trouble(
                HTTPStatus.REQUEST_TIMEOUT,
                f"the body did not arrive within {self._seconds:.0f} s",
                headers={"Connection": "close"},
            )
            await refusal(scope, receive, send)
            return
        if body is None:
            refusal = trouble(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                f"a request may have {self._max_bytes >> 20} MiB",
                headers={"Connection": "close"},
            )
            await refusal(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)

    async def _read(self, headers: Headers, receive: Receive) -> bytes | None:
        """Return the body; None when it is too large."""
        announced = headers.get("content-length", "0")
        if announced.isdecimal() and int(announced) > self._max_bytes + SPILL_BYTES:
            return None
        body, length = bytearray(), 0
        while length <= self._max_bytes + SPILL_BYTES:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise ClientDisconnect
            part = message.get("body", b"")
            length += len(part)
            if length <= self._max_bytes:
                body += part
            if not message.get("more_body"):
                return bytes(body) if length <= self._max_bytes else None
        return None


def _replay(body: bytes, receive: Receive) -> Receive:
    told = False

    async def replayed() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
