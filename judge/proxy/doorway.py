"""Where PID 1 of a container finds the short way to the worker, if there is one."""

import os
import socket
from pathlib import PurePosixPath

DOORWAY = PurePosixPath("/opt/judge/door/socket")


def step_through() -> bool:
    """Have stdin and stdout be the socket; return whether it lets anybody in."""
    with socket.socket(socket.AF_UNIX) as way:
        try:
            way.connect(str(DOORWAY))
        except OSError:
            return False
        os.dup2(way.fileno(), 0)
        os.dup2(way.fileno(), 1)
    return True
