import ctypes
import errno
import os

LIBC = ctypes.CDLL(None, use_errno=True)


def double(n):
    if n == 20:
        assert LIBC.mq_open(b"/left", os.O_RDONLY) == -1, "it is still there"
        assert ctypes.get_errno() == errno.ENOENT, ctypes.get_errno()
    if n == 21:
        attributes = (ctypes.c_long * 8)(0, 1, 64)
        queue = LIBC.mq_open(b"/left", os.O_RDWR | os.O_CREAT, 0o600, attributes)
        assert queue != -1, ctypes.get_errno()
        assert LIBC.mq_send(queue, b"secret", 6, 0) == 0, ctypes.get_errno()
    return 2 * n
