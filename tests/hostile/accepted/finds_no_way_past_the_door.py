"""The socket that PID 1 came through is gone before any code of a learner runs."""

import os
import socket


def double(n):
    if os.path.exists("/opt/judge/door"):
        assert not os.listdir("/opt/judge/door")
    for path in ("/opt/judge/door/socket", "/proc/1/fd/0", "/proc/1/fd/1"):
        with socket.socket(socket.AF_UNIX) as way:
            try:
                way.connect(path)
            except OSError:
                continue
        return 0
    return 2 * n
