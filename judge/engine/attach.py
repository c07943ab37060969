"""The byte stream to a container: the engine's attach call, or a door beside it."""

import contextlib
import selectors
import socket
import struct
from typing import Protocol, cast

from judge.engine.door import Door
from judge.engine.line import Line, StreamTimeout, left
from judge.proxy.framing import READ_BYTES, Header, pack

_STREAM_HEAD = struct.Struct(">BxxxL")
_STDERR = 2
_MAX_STDERR = 8_000
LAST_WORDS_SECONDS = 0.5  # for what PID 1 complained of, after its stream has ended


class Attached(Protocol):
    """A socket, or a file that wraps one."""

    def close(self) -> None:
        """Close it."""
        ...


class Stream(Line):
    """Frames to and from PID 1 of one container. Not for two threads at once."""

    def __init__(self, attached: Attached, door: Door | None = None) -> None:
        """Take what docker's attach_socket returned, and a door PID 1 may come through."""
        self._attached = attached
        self._engine_socket = cast("socket.socket", getattr(attached, "_sock", attached))
        super().__init__(self._engine_socket)
        self._door = door
        self._raw = bytearray()
        self._stderr = bytearray()

    @property
    def passes_sockets(self) -> bool:
        """Whether PID 1 came through the door, so that a socket can be sent along."""
        return self._socket is not self._engine_socket

    def send_with(self, end: socket.socket, header: Header, payload: bytes) -> None:
        """Send a frame and a socket for PID 1 to keep; only where `passes_sockets`."""
        self._send(pack(header, payload), (end.fileno(),))

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
        if self._door is not None:
            self._door.close()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        # docker's wrapper need not close what it wraps
        for end in (self._attached, self._engine_socket, self._socket):
            with contextlib.suppress(OSError):
                end.close()

    def _settle(self, until: float | None) -> None:
        """See which way PID 1 takes: the door, or else it begins to speak to the engine."""
        while self._door is not None:
            with selectors.DefaultSelector() as selector:
                selector.register(self._door, selectors.EVENT_READ)
                selector.register(self._engine_socket, selectors.EVENT_READ)
                ready = [key.fileobj for key, _ in selector.select(left(until))]
            if self._door in ready:
                self._socket, self._door = self._door.accept(), None
            elif not ready:
                raise StreamTimeout
            else:
                self._hear_engine(until)

    def _hear_engine(self, until: float | None) -> None:
        """Keep what the engine passes on: complaints, or frames of one that takes no door."""
        said = self._demultiplex(self._receive(self._engine_socket, until))
        if said and self._door is not None:
            self._received = self._frames.feed(said)
            self._door.close()
            self._door = None

    def _read(self, until: float | None) -> bytes:
        data = self._receive(self._socket, until)
        return self._demultiplex(data) if self._socket is self._engine_socket else data

    def _last_words(self) -> str:
        """Return stderr once PID 1 is gone; beside a door it is still to be read."""
        if self._socket is not self._engine_socket:
            self._engine_socket.settimeout(LAST_WORDS_SECONDS)
            with contextlib.suppress(OSError):
                while data := self._engine_socket.recv(READ_BYTES):
                    self._demultiplex(data)
        return self.stderr

    def _demultiplex(self, data: bytes) -> bytes:
        self._raw += data
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
