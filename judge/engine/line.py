"""Frames over a connected socket, with a limit of time for each."""

import contextlib
import socket
import time
from collections.abc import Iterable, Iterator

from judge.errors import MalformedHeader
from judge.proxy.framing import READ_BYTES, BadFrame, FrameBuffer, Header, pack

SEND_SECONDS = 60.0  # for a frame to be taken; whoever is at the far end reads, or waits for it


class StreamClosed(Exception):
    """The far end is gone; `stderr` is what a container's PID 1 complained of, if anything."""

    def __init__(self, stderr: str) -> None:
        super().__init__(stderr)
        self.stderr = stderr


class StreamTimeout(Exception):
    """Nothing arrived within the time given."""


class Line:
    """Frames to and from one process. Not for two threads at once."""

    def __init__(self, end: socket.socket) -> None:
        """Take a connected socket."""
        self._socket = end
        self._frames = FrameBuffer()
        self._received: Iterator[tuple[Header, bytes]] = iter(())

    def send(self, header: Header, payload: bytes = b"") -> None:
        """Send a frame; raise StreamClosed or StreamTimeout when there is nobody to take it."""
        self.send_all([(header, payload)])

    def send_all(self, frames: Iterable[tuple[Header, bytes]]) -> None:
        """Send frames together, which costs as much as one does."""
        self._send(b"".join(pack(*frame) for frame in frames))

    def _send(self, data: bytes, descriptors: tuple[int, ...] = ()) -> None:
        self._settle(time.monotonic() + SEND_SECONDS)
        self._socket.settimeout(SEND_SECONDS)
        try:
            if descriptors:
                data = data[socket.send_fds(self._socket, [data], descriptors) :]
            self._socket.sendall(data)
        except TimeoutError:
            raise StreamTimeout from None
        except OSError as error:
            raise StreamClosed(self._last_words()) from error

    def receive(self, timeout: float | None) -> tuple[Header, bytes]:
        """Return the next frame; raise StreamTimeout, StreamClosed or MalformedHeader."""
        until = None if timeout is None else time.monotonic() + timeout
        try:
            self._settle(until)
            while (frame := next(self._received, None)) is None:
                self._received = self._frames.feed(self._read(until))
        except BadFrame as error:
            raise MalformedHeader(str(error)) from error
        return frame

    def close(self) -> None:
        """Close the connection."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _settle(self, until: float | None) -> None:
        """Find out which socket the frames are on."""

    def _read(self, until: float | None) -> bytes:
        """Read what has arrived and return the part of it that is frames."""
        return self._receive(self._socket, until)

    def _receive(self, end: socket.socket, until: float | None) -> bytes:
        end.settimeout(left(until))
        try:
            data = end.recv(READ_BYTES)
        except TimeoutError:
            raise StreamTimeout from None
        except OSError as error:
            raise StreamClosed(self._last_words()) from error
        if not data:
            raise StreamClosed(self._last_words())
        return data

    def _last_words(self) -> str:
        """Return what is known of why the far end is gone."""
        return ""


def left(until: float | None) -> float | None:
    """Return how many seconds are left, if that is limited; raise StreamTimeout at zero."""
    if until is None:
        return None
    if (seconds := until - time.monotonic()) <= 0:
        raise StreamTimeout
    return seconds
