"""What a valid input is, and random ones."""

from hypothesis import strategies as st
from pairs import is_pair

MAX_LENGTH = 200_000
MAX_SCORE = 10**18


def validate(scores, target):
    """Raise ValueError naming the constraint that an input breaks."""
    if not isinstance(scores, list) or not all(_is_integer(score) for score in scores):
        raise ValueError("scores must be a list of integers")
    if not _is_integer(target):
        raise ValueError("target must be an integer")
    if len(scores) > MAX_LENGTH:
        raise ValueError(f"scores must have at most {MAX_LENGTH} entries")
    if any(abs(score) > MAX_SCORE for score in scores):
        raise ValueError("every score must lie between -10**18 and 10**18")
    if abs(target) > 2 * MAX_SCORE:
        raise ValueError("target must lie between -2 * 10**18 and 2 * 10**18")


def strategy():
    """Short lists with many equal scores; the target is often the sum of two of them."""
    score = st.integers(-4, 4) | st.integers(-MAX_SCORE, MAX_SCORE)
    return st.lists(score, max_size=8).flatmap(
        lambda scores: st.tuples(st.just(scores), _target(scores))
    )


def ask(solution, scores, target):
    """Return the answer, and the list as it is afterwards."""
    result = solution.pair_indices.call(scores, target, echo_args=True)
    return result.value, result.args[0]


def compare(found, right, scores, target):
    """Fail unless the answer is a pair, or None where there is none, and the list is untouched."""
    (answer, afterwards), (best, _) = found, right
    assert answer is None if best is None else is_pair(answer, scores, target)
    assert afterwards == scores


def _target(scores):
    anything = st.integers(-8, 8)
    if not scores:
        return anything
    chosen = st.sampled_from(scores)
    return anything | st.builds(int.__add__, chosen, chosen)


def _is_integer(value):
    return isinstance(value, int) and not isinstance(value, bool)
