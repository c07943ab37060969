import ctypes
import errno

LIBC = ctypes.CDLL(None, use_errno=True)
SETUP, ENTER, REGISTER = 425, 426, 427


def double(n):
    if n == 21:
        parameters = ctypes.create_string_buffer(120)
        for attempt in (
            lambda: LIBC.syscall(SETUP, 1, parameters),
            lambda: LIBC.syscall(ENTER, 0, 0, 0, 0, None, 0),
            lambda: LIBC.syscall(REGISTER, 0, 0, None, 0),
        ):
            if attempt() != -1:
                return 0
            assert ctypes.get_errno() == errno.EPERM, ctypes.get_errno()
    return 2 * n
