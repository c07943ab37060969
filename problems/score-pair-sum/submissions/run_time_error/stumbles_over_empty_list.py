# fails: short
# misconception: there is always at least one score
def pair_indices(scores, target):
    largest = max(scores)
    smallest = min(scores)
    if 2 * largest < target or 2 * smallest > target:
        return None
    seen = {}
    for j, score in enumerate(scores):
        if target - score in seen:
            return (seen[target - score], j)
        seen[score] = j
    return None
