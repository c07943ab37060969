# fails: large
# misconception: numpy makes a table of all sums affordable
import numpy as np


def pair_indices(scores, target):
    values = np.array(scores, dtype=np.int64)
    sums = values[:, None] + values[None, :]
    rows, columns = np.nonzero(np.triu(sums == target, k=1))
    if len(rows) == 0:
        return None
    return (int(rows[0]), int(columns[0]))
