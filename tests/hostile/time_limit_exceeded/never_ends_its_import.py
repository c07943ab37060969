# afterwards: skipped
while True:
    pass


def double(n):
    return 2 * n
