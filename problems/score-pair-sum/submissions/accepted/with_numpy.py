import numpy as np


def pair_indices(scores, target):
    if len(scores) < 2:
        return None
    values = np.array(scores, dtype=np.int64)
    order = np.argsort(values, kind="stable")
    ranked = values[order]
    # First and last place of every partner: a score whose only partner is itself has both there.
    partners = np.int64(target) - ranked
    first = np.searchsorted(ranked, partners, side="left")
    last = np.searchsorted(ranked, partners, side="right") - 1
    places = np.arange(len(ranked))
    chosen = np.where(last != places, last, first)
    found = np.flatnonzero((last >= first) & (chosen != places))
    if found.size == 0:
        return None
    a = order[found[0]]
    b = order[chosen[found[0]]]
    return min(a, b), max(a, b)
