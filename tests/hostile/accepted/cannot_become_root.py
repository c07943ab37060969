import errno
import os

ATTEMPTS = (
    lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.setreuid(0, 0), lambda: os.seteuid(0),
    lambda: os.setresuid(0, 0, 0), lambda: os.setresgid(0, 0, 0), lambda: os.setgroups([0]),
    lambda: os.setuid(os.getuid() + 1), lambda: os.chown("/tmp", os.getuid(), -1),
)  # fmt: skip


def is_done(attempt):
    try:
        attempt()
    except OSError as error:
        assert error.errno == errno.EPERM, error
        return False
    return True


def double(n):
    if n == 21 and (any(map(is_done, ATTEMPTS)) or 0 in os.getresuid() + os.getresgid()):
        return 0
    return 2 * n
