"""CPU of a process whose parent is the parent of this one."""

import ctypes
import os

libc = ctypes.CDLL(None)
CLONE = {"x86_64": 56, "aarch64": 220}[os.uname().machine]
CLONE_PARENT, SIGCHLD = 0x8000, 17


def double(n):
    if n == 21:
        pid = libc.syscall(CLONE, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0)
        if pid < 0:
            return 0
        while pid == 0:
            pass
        libc.pause()
    return 2 * n
