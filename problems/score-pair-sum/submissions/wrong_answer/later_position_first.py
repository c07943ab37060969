# fails: samples, short, duplicates
# misconception: the order of the two positions does not matter
def pair_indices(scores, target):
    seen = {}
    for i, score in enumerate(scores):
        if target - score in seen:
            return (i, seen[target - score])
        seen[score] = i
    return None
