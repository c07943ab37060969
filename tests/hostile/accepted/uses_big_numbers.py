def double(n):
    return int(str(10**4_000 + 2 * n)[1:])
