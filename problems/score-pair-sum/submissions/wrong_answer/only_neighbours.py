# fails: samples, short, duplicates
# misconception: a window that slides over neighbouring scores is enough
def pair_indices(scores, target):
    for i in range(len(scores) - 1):
        if scores[i] + scores[i + 1] == target:
            return (i, i + 1)
    return None
