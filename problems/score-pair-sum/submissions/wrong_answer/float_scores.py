# fails: integers
# misconception: scores can be converted to floats without harm
import numpy as np


def pair_indices(scores, target):
    values = np.array(scores, dtype=float)
    order = np.argsort(values)
    lo, hi = 0, len(order) - 1
    while lo < hi:
        s = values[order[lo]] + values[order[hi]]
        if s == float(target):
            i, j = int(order[lo]), int(order[hi])
            return (min(i, j), max(i, j))
        if s < target:
            lo += 1
        else:
            hi -= 1
    return None
