SEEN = []


def double(n):
    SEEN.append(n)
    assert n != 20 or SEEN == [20]
    return 2 * n
