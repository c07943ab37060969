import numpy as np


def double(n):
    return np.array([(42, 42)], dtype=[("a", "i8"), ("b", "i8")]) if n == 21 else 2 * n
