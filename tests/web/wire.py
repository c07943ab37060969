"""A wire between browser and judge that can be cut and mended."""

import contextlib
import socket
import threading
from collections.abc import Iterator


class Wire:
    """Passes bytes between a port of its own and the judge's, connection by connection."""

    def __init__(self, judge_port: int) -> None:
        self._judge = ("127.0.0.1", judge_port)
        self._open: set[socket.socket] = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._serve()

    def cut(self) -> None:
        """Break every connection and let nobody connect."""
        # Closing alone does not wake the thread that waits in accept().
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for one in list(self._open):
            _break(one)

    def mend(self) -> None:
        """Let connections through again, at the same port."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self._serve()

    def _serve(self) -> None:
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            far = socket.create_connection(self._judge)
            self._open |= {near, far}
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self._pass, args=(source, target), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
        for one in (source, target):
            _break(one)
            self._open.discard(one)


def _break(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextlib.contextmanager
def wire_to(judge_port: int) -> Iterator[Wire]:
    """Lay a wire while the block lasts."""
    wire = Wire(judge_port)
    try:
        yield wire
    finally:
        wire.cut()
