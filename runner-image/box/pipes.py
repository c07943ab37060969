"""The far ends of a process' control socket and standard streams: never blocking, capped."""

import os
import select
from collections.abc import Callable, Iterator

from nursery import Born

from judge.proxy.framing import READ_BYTES

MAX_DRAINED = 64  # reads; a socket holds less


class Pipes:
    """Moves bytes; `on_control` is given what arrives on the control socket."""

    def __init__(self, born: Born, output_cap: int, on_control: Callable[[bytes], None]) -> None:
        self.born = born
        self.control = born.control.fileno()
        self.stdout, self.stderr = bytearray(), bytearray()
        self.printed = 0  # bytes of stdout and stderr so far
        self._cap = output_cap
        self._on_control = on_control
        self._to_control = bytearray()
        self._to_stdin: bytearray | None = None
        self._open = {self.control, born.stdin, born.stdout, born.stderr}

    def send(self, data: bytes) -> None:
        """Send bytes on the control socket, as it takes them."""
        self._to_control += data
        self._flush_control()

    def feed(self, stdin: bytes) -> None:
        """Give the process its standard input, as it reads it; then the end of the file."""
        self._to_stdin = bytearray(stdin)
        self._flush_stdin()

    def is_open(self, fd: int) -> bool:
        """Whether the process (or a child of it) still holds the other end."""
        return fd in self._open

    def over_cap(self) -> bool:
        """Whether it printed more than it may."""
        return self.printed > self._cap

    def take_output(self) -> tuple[bytes, bytes]:
        """Return and forget what was printed since the last time."""
        stdout, stderr = bytes(self.stdout), bytes(self.stderr)
        self.stdout.clear()
        self.stderr.clear()
        return stdout, stderr

    def interests(self) -> Iterator[tuple[int, int]]:
        """Yield the descriptors to poll, with their events."""
        if self.control in self._open:
            yield self.control, select.POLLIN | (select.POLLOUT if self._to_control else 0)
        for fd in (self.born.stdout, self.born.stderr):
            if fd in self._open and not self.over_cap():
                yield fd, select.POLLIN
        if self.born.stdin in self._open and self._to_stdin is not None:
            yield self.born.stdin, select.POLLOUT

    def ready(self, fd: int, events: int) -> None:
        """A descriptor can be read or written."""
        if fd not in self._open:
            return
        if fd == self.born.stdin:
            self._flush_stdin()
            return
        if events & select.POLLOUT:
            self._flush_control()
        if events & (select.POLLIN | select.POLLHUP | select.POLLERR):
            self._read(fd)

    def drain_output(self) -> None:
        """Read what was printed and is still in the pipes."""
        for fd in (self.born.stdout, self.born.stderr):
            while fd in self._open and not self.over_cap() and self._read(fd):
                pass

    def drain_control(self) -> None:
        """Read what was said and is still in the socket, but not what children go on to say."""
        for _ in range(MAX_DRAINED):
            if self.control not in self._open or not self._read(self.control):
                return

    def close(self) -> None:
        """Close every descriptor."""
        for fd in list(self._open):
            self._drop(fd)

    def _read(self, fd: int) -> bool:
        try:
            data = os.read(fd, READ_BYTES)
        except BlockingIOError:
            return False
        except OSError:
            data = b""
        if not data:
            self._drop(fd)
        elif fd == self.control:
            self._on_control(data)
        else:
            self.printed += len(data)
            into = self.stdout if fd == self.born.stdout else self.stderr
            into += data
        return bool(data)

    def _flush_control(self) -> None:
        try:
            del self._to_control[: self.born.control.send(self._to_control)]
        except BlockingIOError:
            return
        except OSError:
            self._to_control.clear()  # it closed its end; whoever watches decides what that means

    def _flush_stdin(self) -> None:
        try:
            while self._to_stdin:
                with memoryview(self._to_stdin) as view:
                    written = os.write(self.born.stdin, view[:READ_BYTES])
                del self._to_stdin[:written]
        except BlockingIOError:
            return
        except OSError:
            pass  # it does not read on, which is its right
        self._drop(self.born.stdin)

    def _drop(self, fd: int) -> None:
        if fd not in self._open:
            return
        self._open.discard(fd)
        if fd == self.control:
            self.born.control.close()
        else:
            os.close(fd)
