"""PID 1 of a grader: keeps pytest imported, forks a session per submission, passes frames.

Every frame carries the name of its session; the server reads no further than that. A session is a
fork under a uid of its own that runs one package's tests against one submission (session.py).
When stdin closes the server exits, and the container is gone with it.
"""

import contextlib
import gc
import importlib
import os
import secrets
import select
import signal
import socket
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, "/opt/judge/grader-lib")
sys.path.insert(0, "/opt/judge/lib")

import session

from judge.proxy.framing import BadFrame, FrameBuffer, Header, pack

WARM_MODULES = ("numpy", "scipy.stats", "pandas", "sklearn.datasets", "sklearn.linear_model",
                "sklearn.metrics", "sklearn.model_selection", "sklearn.preprocessing",
                "hypothesis.extra.numpy", "hypothesis.extra.pandas", "pytest")  # fmt: skip
READ = 1 << 18


class Server:
    """Routes frames between stdin/stdout and the sessions' sockets."""

    def __init__(self) -> None:
        self.sockets: dict[str, socket.socket] = {}
        self.pids: dict[int, str] = {}
        self.incoming = FrameBuffer()
        self.outgoing: dict[str, FrameBuffer] = {}

    def run(self) -> None:
        """Serve until stdin closes."""
        self.say({"kind": "ready"})
        while True:
            poll = select.poll()
            poll.register(0, select.POLLIN)
            for end in self.sockets.values():
                poll.register(end.fileno(), select.POLLIN)
            ready = [fd for fd, _ in poll.poll()]
            if 0 in ready:
                self.take_orders()
            for name, end in list(self.sockets.items()):
                if end.fileno() in ready:
                    self.pass_on(name, end)

    def take_orders(self) -> None:
        data = os.read(0, READ)
        if not data:
            os._exit(0)
        for header, payload in self.incoming.feed(data):
            name = header["session"]
            if header["kind"] == "open":
                self.open(name, header, payload)
            elif header["kind"] == "close":
                self.close(name)
            elif name in self.sockets:
                with contextlib.suppress(OSError):
                    self.sockets[name].sendall(pack(header, payload))

    def open(self, name: str, header: Header, payload: bytes) -> None:
        near, far = socket.socketpair()
        pid = os.fork()
        if pid == 0:
            near.close()
            for other in self.sockets.values():
                other.close()
            session.live(far, header, payload, uid=10_000 + secrets.randbelow(50_000))
        far.close()
        self.sockets[name], self.outgoing[name], self.pids[pid] = near, FrameBuffer(), name

    def close(self, name: str) -> None:
        for pid, owner in list(self.pids.items()):
            if owner == name:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        self.forget(name)

    def pass_on(self, name: str, end: socket.socket) -> None:
        try:
            data = end.recv(READ)
        except OSError:
            data = b""
        if not data:
            self.forget(name)
            self.say({"kind": "gone", "session": name})
            return
        try:
            for header, payload in self.outgoing[name].feed(data):
                self.say(header | {"session": name}, payload)
        except BadFrame:  # one session's nonsense must not end the others
            self.close(name)
            self.say({"kind": "gone", "session": name})

    def forget(self, name: str) -> None:
        if (end := self.sockets.pop(name, None)) is not None:
            end.close()
        self.outgoing.pop(name, None)
        self.reap()

    def reap(self) -> None:
        with contextlib.suppress(ChildProcessError):
            while (pid := os.waitpid(-1, os.WNOHANG)[0]) != 0:
                self.pids.pop(pid, None)

    def say(self, header: Header, payload: bytes = b"") -> None:
        data = memoryview(pack(header, payload))
        while data:
            data = data[os.write(1, data) :]


if __name__ == "__main__":
    for module in WARM_MODULES:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    gc.collect()
    gc.freeze()
    Server().run()
