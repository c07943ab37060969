import sys


def count(n):
    return 0 if n == 0 else 1 + count(n - 1)


def double(n):
    sys.setrecursionlimit(6_000)
    return 2 * n + count(5_000) - 5_000
