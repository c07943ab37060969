import ctypes
import errno

LIBC = ctypes.CDLL(None, use_errno=True)
NO_RANDOM_ADDRESSES, READ_IMPLIES_EXECUTE, LOWEST_PAGE, ANOTHER_SYSTEM = (
    0x0040000, 0x0400000, 0x0100000, 0x0003,
)  # fmt: skip


def double(n):
    if n == 21:
        for wish in (NO_RANDOM_ADDRESSES, READ_IMPLIES_EXECUTE, LOWEST_PAGE, ANOTHER_SYSTEM):
            if LIBC.personality(wish) != -1:
                return 0
            assert ctypes.get_errno() == errno.EPERM, ctypes.get_errno()
    return 2 * n
