"""Checks an answer against the input, since any right pair will do."""

from numbers import Integral


def is_pair(answer, scores, target):
    """Whether `answer` is a tuple of positions i < j of `scores` that add up to `target`."""
    if not isinstance(answer, tuple) or len(answer) != 2:
        return False
    if not all(isinstance(position, Integral) for position in answer):
        return False
    i, j = answer
    return 0 <= i < j < len(scores) and scores[i] + scores[j] == target
