def pair_indices(scores: list[int], target: int) -> tuple[int, int] | None:
    """Return positions i < j with scores[i] + scores[j] == target, or None if there are none."""
    raise NotImplementedError
