"""PID 1 of a grader: keeps pytest imported and packages collected, opens sessions.

A session is a fork under a uid of its own that runs one package's tests against one submission
(session.py); it is forked from a template that has collected them (template.py), of which the
server keeps those that were wanted last. Its line to the worker is a socket that came with the
order to open it. Where none can come, its frames go through the server, each with the session's
name; the server reads no further than that. When stdin closes the server exits, and the container
is gone with it.
"""

import contextlib
import gc
import hashlib
import importlib
import json
import os
import secrets
import select
import shutil
import signal
import socket
import sys
from collections import deque
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, "/opt/judge/grader-lib/site-packages")
sys.path.insert(0, "/opt/judge/lib/site-packages")

import session
import template

from judge.proxy.doorway import step_through
from judge.proxy.framing import READ_BYTES, BadFrame, FrameBuffer, Header, pack

WARM_MODULES = ("numpy", "scipy.stats", "pandas", "sklearn.datasets", "sklearn.linear_model",
                "sklearn.metrics", "sklearn.model_selection", "sklearn.preprocessing",
                "hypothesis.extra.numpy", "hypothesis.extra.pandas", "pytest")  # fmt: skip
MAX_TEMPLATES = 8
MAX_LINES = 16


@dataclass(frozen=True)
class Kept:
    """A template and the server's end of its control socket."""

    pid: int
    control: socket.socket

    def is_alive(self) -> bool:
        return os.waitpid(self.pid, os.WNOHANG)[0] == 0

    def end(self) -> None:
        """Have it end with all its forks, which become the server's to reap."""
        self.control.close()
        with contextlib.suppress(ProcessLookupError):  # it died, and left nobody
            os.killpg(self.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-self.pid, 0)
        shutil.rmtree(f"/tmp/package-{self.pid}", ignore_errors=True)


class Server:
    """Opens and closes sessions; passes the frames of those without a line of their own."""

    def __init__(self, door: socket.socket | None) -> None:
        """Take what stdin is, if sockets can come through it."""
        self.door = door
        self.sockets: dict[str, socket.socket] = {}  # of sessions without a line of their own
        self.lines: deque[int] = deque()  # came, for sessions that are not open yet
        self.trials: dict[str, tuple[int, int]] = {}  # pid and uid of each
        self.templates: dict[bytes, Kept] = {}  # in the order in which they were wanted
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
        data = self.read()
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

    def read(self) -> bytes:
        if self.door is None:
            return os.read(0, READ_BYTES)
        data, ends, _, _ = socket.recv_fds(self.door, READ_BYTES, MAX_LINES)
        self.lines.extend(ends)
        return data

    def open(self, name: str, header: Header, payload: bytes) -> None:
        tries = header["spec"]["trial"] is not None
        # Made first: a template that held this socket would hide the death of a session.
        kept = None if tries else self.template(header, payload)
        far = (
            socket.socket(fileno=self.lines.popleft()) if "own_line" in header else self.line(name)
        )
        uid = 10_000 + secrets.randbelow(50_000)
        if kept is not None:
            order = pack({"kind": "fork", "session": name, "uid": uid})
            # A template that died takes the socket with it, and the session is gone.
            with contextlib.suppress(OSError):
                socket.send_fds(kept, [order], [far.fileno()])
        else:
            pid = os.fork()
            if pid == 0:
                self.let_go()
                session.live_trial(far, header, payload, uid)
            self.trials[name] = pid, uid
        far.close()

    def line(self, name: str) -> socket.socket:
        """Return the far end of a line to a session whose frames are passed on."""
        near, far = socket.socketpair()
        self.sockets[name], self.outgoing[name] = near, FrameBuffer()
        return far

    def template(self, header: Header, payload: bytes) -> socket.socket:
        """Return the control socket of a template of this very package, made when there is none."""
        key = hashlib.sha256(json.dumps(header["spec"]).encode() + payload).digest()
        kept = self.templates.pop(key, None)
        if kept is not None and not kept.is_alive():
            kept.end()
            kept = None
        if kept is None:
            if len(self.templates) >= MAX_TEMPLATES:
                self.templates.pop(next(iter(self.templates))).end()
            near, far = socket.socketpair()
            pid = os.fork()
            if pid == 0:
                near.close()
                self.let_go()
                template.live(far, header, payload)
            os.setpgid(pid, pid)
            far.close()
            kept = Kept(pid, near)
        self.templates[key] = kept
        return kept.control

    def let_go(self) -> None:
        """Close, in a fork, what is the server's."""
        for end in (*self.sockets.values(), *(kept.control for kept in self.templates.values())):
            end.close()
        for line in self.lines:
            os.close(line)

    def close(self, name: str) -> None:
        if name in self.trials:
            pid, uid = self.trials.pop(name)
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            session.remove_folder(pid, uid)
        for kept in self.templates.values():
            with contextlib.suppress(OSError):
                kept.control.sendall(pack({"kind": "close", "session": name}))
        self.forget(name)

    def pass_on(self, name: str, end: socket.socket) -> None:
        try:
            data = end.recv(READ_BYTES)
        except OSError:
            data = b""
        if not data:
            self.forget(name)
            self.say({"kind": "gone", "session": name})
            return
        try:
            frames = self.outgoing[name].feed(data)
            write(b"".join(pack(header | {"session": name}, payload) for header, payload in frames))
        except BadFrame:  # one session's nonsense must not end the others
            self.close(name)
            self.say({"kind": "gone", "session": name})

    def forget(self, name: str) -> None:
        if (end := self.sockets.pop(name, None)) is not None:
            end.close()
        self.outgoing.pop(name, None)

    def say(self, header: Header) -> None:
        write(pack(header))


def say_little_of_frames() -> None:
    """Have pandas cut what is in a cell: a value of 1 MB has texts that take a minute to write."""
    if "pandas" in sys.modules:
        sys.modules["pandas"].set_option(
            "display.max_seq_items", 10, "display.pprint_nest_depth", 2
        )


def rehearse() -> None:
    """Have Hypothesis do, before any fork, what it does first: it parses our files for numbers.

    Only a draw in twenty asks for those, so there are many draws.
    """
    from hypothesis import HealthCheck, given, settings, strategies  # noqa: PLC0415 (warm before this is called)

    @settings(
        database=None,
        derandomize=True,
        deadline=None,
        max_examples=5,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategies.lists(strategies.integers(), min_size=50, max_size=100))
    def property_of_nothing(_: list[int]) -> None:
        pass

    property_of_nothing()


def read_every_file() -> None:
    """Have every file of the image in the page cache, which boxes of the same image share.

    A page that is not there yet is a bit that one process can set, by reading it, and a later one
    can read, by how long it takes. What is there stays there: boxes cannot ask to drop it.
    """
    if os.fork():
        return
    with contextlib.suppress(BaseException):
        os.nice(19)
        buffer, image = bytearray(READ_BYTES), Path("/").stat().st_dev
        for folder, folders, names in os.walk("/"):
            inside = (name for name in folders if os.lstat(f"{folder}/{name}").st_dev == image)
            folders[:] = inside
            for name in names:
                with contextlib.suppress(OSError), Path(folder, name).open("rb", 0) as file:
                    while file.readinto(buffer):
                        pass
    os._exit(0)


def write(data: bytes) -> None:
    """Write all of it to the worker."""
    left = memoryview(data)
    while left:
        left = left[os.write(1, left) :]


if __name__ == "__main__":
    door = socket.socket(fileno=0) if step_through() else None
    for module in WARM_MODULES:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    say_little_of_frames()
    rehearse()
    gc.collect()
    gc.freeze()
    read_every_file()
    Server(door).run()
