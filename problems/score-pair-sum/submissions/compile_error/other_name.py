# misconception: the function may be called anything
def two_sum(scores, target):
    seen = {}
    for j, score in enumerate(scores):
        if target - score in seen:
            return (seen[target - score], j)
        seen[score] = j
    return None
