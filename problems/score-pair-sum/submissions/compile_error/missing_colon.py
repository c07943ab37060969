# misconception: none; a slip of the keyboard
def pair_indices(scores, target):
    seen = {}
    for j, score in enumerate(scores)
        if target - score in seen:
            return (seen[target - score], j)
        seen[score] = j
    return None
