def double(n):
    print("x" * 8_000)
    return 2 * n
