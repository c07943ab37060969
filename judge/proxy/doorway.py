"""Where PID 1 of a container finds the short way to the worker, if there is one."""

import os
import socket
from pathlib import PurePosixPath

DOORWAY = PurePosixPath("/opt/judge/door/socket")


def step_through() -> None:
    """Have stdin and stdout be the socket; leave them as they are where it lets nobody in."""
    with socket.socket(socket.AF_UNIX) as way:
        try:
            way.connect(str(DOORWAY))
        except OSError:
            return
        os.dup2(way.fileno(), 0)
        os.dup2(way.fileno(), 1)
