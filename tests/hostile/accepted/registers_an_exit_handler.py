import atexit
import os

atexit.register(os._exit, 3)


def double(n):
    return 2 * n
