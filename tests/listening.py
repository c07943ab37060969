"""An application behind a real socket, served by a thread of this process as `judge serve` does."""

import asyncio
import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any

import uvicorn

from tests.waiting import eventually


@contextlib.contextmanager
def listening(app: Any) -> Iterator[str]:
    """Serve an application while the block lasts; gives its address."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=1,
        )
        server = _Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
        thread.start()
        try:
            eventually(lambda: server.started or not thread.is_alive())
            host, port = bound.getsockname()
            yield f"http://{host}:{port}"
        finally:
            server.should_exit = True
            thread.join()


class _Server(uvicorn.Server):
    """Ends a little sooner than at the next tenth of a second."""

    async def main_loop(self) -> None:
        await self.on_tick(0)
        while not self.should_exit:
            await asyncio.sleep(0.005)


def exchange(url: str, *parts: bytes, timeout: float = 10.0) -> bytes:
    """Send bytes as they are and return all that comes until the other side closes."""
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=timeout) as connection:
        for part in parts:
            connection.sendall(part)
        answer = b""
        while got := connection.recv(65536):
            answer += got
    return answer
