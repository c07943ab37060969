# fails: large
# misconception: comparing all pairs is fast enough
def pair_indices(scores, target):
    for i in range(len(scores)):
        for j in range(i + 1, len(scores)):
            if scores[i] + scores[j] == target:
                return (i, j)
    return None
