import errno
import os

PARTS = ("environ", "mem", "maps", "auxv", "stack", "syscall", "pagemap", "root/etc/passwd",
         "cwd/.", "exe", "fd", "fd/0", "fd/1", "map_files", "ns/pid", "io")  # fmt: skip


def is_open(path):
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError as error:
        assert error.errno in {errno.EACCES, errno.EPERM, errno.ENOENT}, error
        return False
    return True


def double(n):
    if n == 21:
        others = [p for p in os.listdir("/proc") if p.isdigit() and int(p) != os.getpid()]
        assert "1" in others
        assert is_open("/proc/self/environ")
        if any(is_open(f"/proc/{pid}/{part}") for pid in others for part in PARTS):
            return 0
    return 2 * n
