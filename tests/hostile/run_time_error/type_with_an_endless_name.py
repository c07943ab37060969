class Long:
    pass


Long.__qualname__ = "x" * 700_000


def double(n):
    return Long() if n == 21 else 2 * n
