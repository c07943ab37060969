# fails: large
# misconception: `in` on a list costs nothing
def pair_indices(scores, target):
    for i, score in enumerate(scores):
        rest = scores[i + 1 :]
        if target - score in rest:
            return (i, i + 1 + rest.index(target - score))
    return None
