def pair_indices(scores, target):
    order = sorted(range(len(scores)), key=scores.__getitem__)
    low, high = 0, len(order) - 1
    while low < high:
        total = scores[order[low]] + scores[order[high]]
        if total == target:
            return tuple(sorted((order[low], order[high])))
        if total < target:
            low += 1
        else:
            high -= 1
    return None
