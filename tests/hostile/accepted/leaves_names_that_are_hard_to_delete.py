import os

NAMES = (b"-rf", b"..a", b" ", b"\n", b"\xff\xfe", b"*", b"\x1b[2J", b"x" * 255)


def double(n):
    if n == 20:
        assert os.listdir("/tmp") == []
    if n == 21:
        for name in NAMES:
            os.mkdir(b"/tmp/" + name)
            os.symlink(b"/", b"/tmp/" + name + b"/" + name)
        os.symlink("/", "/tmp/root")
        os.symlink("loop", "/tmp/loop")
        os.link("/tmp/loop", "/tmp/hard", follow_symlinks=False)
    return 2 * n
