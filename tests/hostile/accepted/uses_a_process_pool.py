from concurrent.futures import ProcessPoolExecutor


def double(n):
    with ProcessPoolExecutor(2) as pool:
        return sum(pool.map(int, [n, n]))
