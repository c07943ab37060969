"""The process looks like a zombie to who reads its state, and is none."""

import ctypes
import os
import threading

EXIT = {"x86_64": 60, "aarch64": 93}[os.uname().machine]  # of this thread alone


def spin():
    while True:
        pass


def double(n):
    if n == 21:
        threading.Thread(target=spin).start()
        ctypes.CDLL(None).syscall(EXIT, 0)
    return 2 * n
