# fails: samples, short, duplicates
# misconception: the scores themselves are asked for, not where they are
def pair_indices(scores, target):
    seen = set()
    for score in scores:
        other = target - score
        if other in seen:
            return (other, score)
        seen.add(score)
    return None
