# fails: input
# misconception: the caller's list may be sorted in place
def pair_indices(scores, target):
    original = list(scores)
    scores.sort()
    left, right = 0, len(scores) - 1
    while left < right:
        s = scores[left] + scores[right]
        if s == target:
            i = original.index(scores[left])
            original[i] = None
            j = original.index(scores[right])
            return (i, j) if i < j else (j, i)
        elif s < target:
            left += 1
        else:
            right -= 1
    return None
