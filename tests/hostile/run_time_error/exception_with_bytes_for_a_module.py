def double(n):
    if n == 21:
        raise ModuleNotFoundError("x", name=b"x")
    return 2 * n
