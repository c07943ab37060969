# fails: duplicates
# misconception: an example may be paired with itself when its score is half the target
def pair_indices(scores, target):
    seen = {}
    for j in range(len(scores)):
        seen[scores[j]] = seen.get(scores[j], j)
        need = target - scores[j]
        if need in seen:
            return (seen[need], j)
    return None
