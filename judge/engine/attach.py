"""The byte stream to a container's stdin and from its stdout, over the engine's attach call."""

import contextlib
import socket
import struct
import time
from collections.abc import Iterable, Iterator
from typing import Protocol, cast

from judge.errors import MalformedHeader
from judge.proxy.framing import BadFrame, FrameBuffer, Header, pack

_STREAM_HEAD = struct.Struct(">BxxxL")
_STDERR = 2
_MAX_STDERR = 8_000
READ = 1 << 18
SEND_SECONDS = 60.0  # for a frame to be taken; PID 1 reads all the time


class StreamClosed(Exception):
    """The container is gone; `stderr` is what its PID 1 complained of, if anything."""

    def __init__(self, stderr: str) -> None:
        super().__init__(stderr)
        self.stderr = stderr


class StreamTimeout(Exception):
    """Nothing arrived within the time given."""


class Attached(Protocol):
    """A socket, or a file that wraps one."""

    def close(self) -> None:
        """Close it."""
        ...


class Stream:
    """Frames to and from PID 1 of one container. Not for two threads at once."""

    def __init__(self, attached: Attached) -> None:
        """Take what docker's attach_socket returned and keep it alive."""
        self._attached = attached
        self._socket = cast("socket.socket", getattr(attached, "_sock", attached))
        self._raw = bytearray()
        self._stderr = bytearray()
        self._frames = FrameBuffer()
        self._received: Iterator[tuple[Header, bytes]] = iter(())

    def send(self, header: Header, payload: bytes = b"") -> None:
        """Send a frame; raise StreamClosed or StreamTimeout when there is nobody to take it."""
        self.send_all([(header, payload)])

    def send_all(self, frames: Iterable[tuple[Header, bytes]]) -> None:
        """Send frames together, which costs the engine as much as one does."""
        self._socket.settimeout(SEND_SECONDS)
        try:
            self._socket.sendall(b"".join(pack(*frame) for frame in frames))
        except TimeoutError:
            raise StreamTimeout from None
        except OSError as error:
            raise StreamClosed(self.stderr) from error

    def receive(self, timeout: float | None) -> tuple[Header, bytes]:
        """Return the next frame; raise StreamTimeout, StreamClosed or MalformedHeader."""
        until = None if timeout is None else time.monotonic() + timeout
        try:
            while (frame := next(self._received, None)) is None:
                self._received = self._frames.feed(self._read(until))
        except BadFrame as error:
            raise MalformedHeader(str(error)) from error
        return frame

    def is_open(self) -> bool:
        """Return whether the far end is there; what it has said stays to be received."""
        self._socket.settimeout(0)
        try:
            return bool(self._socket.recv(1, socket.MSG_PEEK))
        except BlockingIOError:
            return True
        except OSError:
            return False

    @property
    def stderr(self) -> str:
        """What PID 1 wrote to stderr: nothing, unless it is broken."""
        return self._stderr.decode(errors="replace")

    def close(self) -> None:
        """Close the connection; the container's stdin ends with it."""
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        for end in (self._attached, self._socket):  # docker's wrapper need not close what it wraps
            with contextlib.suppress(OSError):
                end.close()

    def _read(self, until: float | None) -> bytes:
        """Read what has arrived and return the stdout part of it."""
        left = None if until is None else until - time.monotonic()
        if left is not None and left <= 0:
            raise StreamTimeout
        self._socket.settimeout(left)
        try:
            data = self._socket.recv(READ)
        except TimeoutError:
            raise StreamTimeout from None
        except OSError as error:
            raise StreamClosed(self.stderr) from error
        if not data:
            raise StreamClosed(self.stderr)
        self._raw += data
        return self._demultiplex()

    def _demultiplex(self) -> bytes:
        stdout = bytearray()
        while len(self._raw) >= _STREAM_HEAD.size:
            stream, size = _STREAM_HEAD.unpack_from(self._raw)
            end = _STREAM_HEAD.size + size
            if len(self._raw) < end:
                break
            chunk = self._raw[_STREAM_HEAD.size : end]
            if stream == _STDERR:
                self._stderr += chunk[: _MAX_STDERR - len(self._stderr)]
            else:
                stdout += chunk
            del self._raw[:end]
        return bytes(stdout)
