class Odd:
    pass


Odd.__qualname__ = "\ud800\x1b[31m\u202e"


def double(n):
    return Odd() if n == 21 else 2 * n
