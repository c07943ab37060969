import ctypes
import errno

LIBC = ctypes.CDLL(None, use_errno=True)
KEY, CREATE = 0x1234, 0o1666
GETTERS = (
    lambda flags: LIBC.shmget(KEY, 4096, flags),
    lambda flags: LIBC.msgget(KEY, flags),
    lambda flags: LIBC.semget(KEY, 1, flags),
)


def double(n):
    for get in GETTERS:
        if n == 20:
            assert get(0) == -1, "it is still there"
            assert ctypes.get_errno() == errno.ENOENT, ctypes.get_errno()
        if n == 21:
            assert get(CREATE) != -1, ctypes.get_errno()
    return 2 * n
