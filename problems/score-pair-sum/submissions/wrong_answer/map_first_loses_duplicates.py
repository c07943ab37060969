# fails: duplicates
# misconception: a map from score to position can be built first and then walked through; equal scores share one entry
def pair_indices(scores, target):
    index = {score: i for i, score in enumerate(scores)}
    for score, i in index.items():
        j = index.get(target - score)
        if j is not None and j != i:
            return (min(i, j), max(i, j))
    return None
