"""A package with its tests collected, kept to be forked: every submission runs in a fork of it.

The template unpacks the package, has pytest collect samples and hidden tests, and stops right
before the first test. What it has to say by then (tests found, a package at fault) is kept and said
first by every fork. Samples are collected with assertion rewriting, so that a failure shows its
values, hidden tests without; the second pytest begins inside the first one's loop, and a fork then
runs the items of both in turn. The next fork is made when the one before has ended, and waits.

Control, from the server:  fork (with a socket), close        To the server:  nothing
"""

import contextlib
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
import session

from judge.proxy.framing import FrameBuffer, Header
from judge.testing.plugin import GradingPlugin, Package

RUNS = (("test_samples.py", "rewrite"), ("test_hidden.py", "plain"))


def live(control: socket.socket, order: Header, payload: bytes) -> NoReturn:
    """Collect, then fork on request until the server lets go; never returns."""
    os.setpgid(0, 0)  # ended together with its forks
    worker = session.Worker()
    template = Template(control, worker, order["spec"])
    try:
        template.collect(payload)
    except BaseException:  # noqa: BLE001 (a fork must never return into the server)
        worker.say({"kind": "broken", "detail": traceback.format_exc()[-6_000:]})
    template.serve()
    os._exit(0)


class Template:
    """One package, waiting; in a fork of it, one submission's grading."""

    def __init__(
        self, control: socket.socket, worker: session.Worker, spec: dict[str, Any]
    ) -> None:
        self._control, self._worker, self._spec = control, worker, spec
        self._collected: list[pytest.Session] = []
        self._afterwards: Callable[[], None] = lambda: None
        self._children: dict[str, tuple[int, int]] = {}  # pid and uid of each session
        self._ahead: tuple[int, socket.socket] | None = None  # forked, and waits for its session

    def collect(self, payload: bytes) -> None:
        """Collect all tests and wait; returns only when there are none to wait with."""
        session.silence()
        folder = session.unpack(payload, Path(f"/tmp/package-{os.getpid()}"))
        interface = session.interface_of(self._spec)
        package = Package(folder, bytes.fromhex(self._spec["seed_key"]), interface)
        reference = session.reference_of(self._spec, folder, interface)
        plugin = GradingPlugin(self._worker, self._worker, reference, package)
        wrong = session.misconceptions_of(self._spec, folder, interface)
        self._afterwards = lambda: plugin.look_for_example(wrong)
        runs = RUNS[:1] if self._spec["samples_only"] else RUNS
        present = [run for run in runs if (folder / "tests" / run[0]).exists()]

        def begin(waiting: list[tuple[str, str]]) -> None:
            if not waiting or plugin.broken:
                self.serve()
                return
            (name, assertions), *later = waiting
            pause = Pause(self._collected, lambda: begin(later))
            arguments = session.arguments(folder, name, assertions)
            pytest.main(arguments, plugins=[plugin, pause])

        begin(present)

    def serve(self) -> None:
        """Have a fork grade for every socket that comes."""
        frames = FrameBuffer()
        while True:
            data, fds, _, _ = socket.recv_fds(self._control, 4096, 16)
            if not data:
                os._exit(0)
            ends = iter(fds)
            for header, _ in frames.feed(data):
                if header["kind"] == "fork":
                    self._fork(header["session"], next(ends), header["uid"])
                else:
                    self._close(header["session"])

    def _fork(self, name: str, fd: int, uid: int) -> None:
        """Give a session to the fork that waits for one, or to a new one.

        Where that fails for want of memory its line closes, and the worker tries again.
        """
        with contextlib.suppress(OSError):
            pid, end = self._take_ahead() or self._fork_ahead()
            self._children[name] = pid, uid
            with end:
                socket.send_fds(end, [str(uid).encode()], [fd])
        os.close(fd)

    def _take_ahead(self) -> tuple[int, socket.socket] | None:
        ahead, self._ahead = self._ahead, None
        if ahead is None or os.waitpid(ahead[0], os.WNOHANG)[0] == 0:
            return ahead
        ahead[1].close()  # there was no memory left for it
        return None

    def _fork_ahead(self) -> tuple[int, socket.socket]:
        near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        pid = os.fork()
        if pid == 0:
            try:
                near.close()
                self._control.close()
                uid, fds, _, _ = socket.recv_fds(far, 64, 1)
                far.close()
                if uid:
                    self._grade(socket.socket(fileno=fds[0]), int(uid))
            finally:
                os._exit(0)  # a fork must never return into what forked it
        far.close()
        return pid, near

    def _close(self, name: str) -> None:
        # Reaped here and nowhere else, so that the number cannot be another's by now.
        if name in self._children:
            pid, uid = self._children.pop(name)
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            session.remove_folder(pid, uid)
            if self._ahead is None:
                with contextlib.suppress(OSError):
                    self._ahead = self._fork_ahead()

    def _grade(self, end: socket.socket, uid: int) -> NoReturn:
        """Run every test that was collected, under a uid of its own."""
        session.report(self._worker, end, uid, self._run)

    def _run(self) -> None:
        for collected in self._collected:
            items = collected.items
            for item, following in zip(items, [*items[1:], None], strict=False):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        self._afterwards()


class Pause:
    """Stops a pytest between collecting and running."""

    def __init__(self, collected: list[pytest.Session], then: Callable[[], None]) -> None:
        self._collected, self._then = collected, then

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._collected.append(session)
        with _without_rewriting():
            self._then()
        return True


@contextlib.contextmanager
def _without_rewriting() -> Iterator[None]:
    """Import as Python does: the hook of this pytest would rewrite the next one's tests."""
    hooks = list(sys.meta_path)
    sys.meta_path[:] = [one for one in hooks if type(one).__name__ != "AssertionRewritingHook"]
    try:
        yield
    finally:
        sys.meta_path[:] = hooks
