"""The short way to a container's PID 1: a socket instead of the engine's attach call.

Frames over the attach call pass through the engine and its helpers, about a millisecond each way.
Where engine and judge share a machine, a read-only mount holds a socket that PID 1 connects to
before it does anything else (see judge.proxy.doorway). It takes that one connection; then socket
and folder are deleted, long before a learner's code runs. Where nobody comes through it (another
machine, a runtime that lets no socket in, SELinux), the attached stream carries the frames.
"""

import contextlib
import os
import shutil
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

from docker.types import Mount

from judge.proxy.doorway import DOORWAY

_PREFIX = "judge-door-"


class Door:
    """A listening socket in a folder of its own; use it once."""

    def __init__(self) -> None:
        """Open it; raises OSError where there can be none."""
        # The outer folder keeps this machine's other users out, the inner one lets PID 1 in, which
        # need not have the rights of the judge's user.
        self._folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
        self._inner = self._folder / "in"
        self._listener = socket.socket(socket.AF_UNIX)
        try:
            self._inner.mkdir()
            self._inner.chmod(0o755)
            self._listen()
        except BaseException:
            self.close()
            raise

    def _listen(self) -> None:
        # Under this name a socket may lie as deep as it likes, and /proc/net/unix, which a box can
        # read, says nothing of where.
        folder = os.open(self._inner, os.O_PATH)
        try:
            self._listener.bind(f"/proc/self/fd/{folder}/{DOORWAY.name}")
        finally:
            os.close(folder)
        (self._inner / DOORWAY.name).chmod(0o666)
        self._listener.listen(1)

    @property
    def mount(self) -> Mount:
        """What makes it known to a container."""
        return Mount(str(DOORWAY.parent), str(self._inner), type="bind", read_only=True)

    def fileno(self) -> int:
        """Return the descriptor that is readable when PID 1 has come."""
        return self._listener.fileno()

    def accept(self) -> socket.socket:
        """Let PID 1 in, and nobody after it."""
        try:
            return self._listener.accept()[0]
        finally:
            self.close()

    def close(self) -> None:
        """Let nobody in any more, and leave nothing."""
        self._listener.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def sweep_doors(is_alive: Callable[[int], bool]) -> None:
    """Delete the folders of judges of this machine that were killed before anybody came."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(ValueError):
            if not is_alive(int(folder.name.removeprefix(_PREFIX).partition("-")[0])):
                shutil.rmtree(folder, ignore_errors=True)
