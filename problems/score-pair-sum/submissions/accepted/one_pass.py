def pair_indices(scores: list[int], target: int) -> tuple[int, int] | None:
    position_of: dict[int, int] = {}
    for j, score in enumerate(scores):
        i = position_of.get(target - score)
        if i is not None:
            return i, j
        position_of[score] = j
    return None
