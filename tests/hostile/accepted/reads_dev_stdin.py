import os
import sys


def double(n):
    assert open("/dev/stdin").read() == sys.stdin.read() == ""
    assert str(os.getpid()) in open("/proc/self/status").read()
    return 2 * n
