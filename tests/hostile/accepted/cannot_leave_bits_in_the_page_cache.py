import ctypes
import errno
import mmap
import os

libc = ctypes.CDLL(None, use_errno=True)
MINCORE, READAHEAD = {"x86_64": (27, 187), "aarch64": (232, 213)}[os.uname().machine]


def double(n):
    if n == 21:
        with open(os.__file__, "rb") as file:
            try:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            except OSError as error:
                assert error.errno == errno.EPERM, error
            else:
                return "a page was dropped"
            with mmap.mmap(file.fileno(), 4096, access=mmap.ACCESS_READ) as mapped:
                for advice in (mmap.MADV_RANDOM, mmap.MADV_WILLNEED, 20, 21, 25):
                    try:
                        mapped.madvise(advice)
                    except OSError as error:
                        assert error.errno == errno.EPERM, error
                    else:
                        return "pages of a file were moved"
            for call in (MINCORE, READAHEAD):
                assert libc.syscall(call, 0, 0, 0) == -1
                assert ctypes.get_errno() == errno.EPERM
    return 2 * n
