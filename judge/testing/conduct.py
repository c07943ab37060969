"""What else is asked of a submission: any right answer, order, side effects, learning, chance."""

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

import numpy as np

from judge.proxy.caller import CallResult


def valid(found: object, complaint: Callable[[Any], str | bool | None]) -> None:
    """Require any right answer.

    Args:
        found: what a submission returned.
        complaint: what is wrong with it: a text or False; None or True when nothing is.
    """
    said = complaint(found)
    if said is False or isinstance(said, str):
        raise AssertionError(said or "this is no right answer")


def same_items(found: object, expected: Iterable[Any]) -> None:
    """Require the same items, each as often, in any order; of equal types, so 1 is not True."""
    if isinstance(found, str | bytes | dict) or not isinstance(found, Iterable):
        raise AssertionError(  # noqa: TRY004 (what a submission returned is wrong, not its use)
            f"{type(found).__name__} where a list of items is wanted"
        )
    ours, theirs = list(expected), list(found)
    counted = Counter(map(_key, theirs))
    counted.subtract(map(_key, ours))
    for item, key in [(one, _key(one)) for one in (*theirs, *ours)]:
        if counted[key] > 0:
            raise AssertionError(f"{item!r} is there too often ({counted[key]} too many)")
        if counted[key] < 0:
            raise AssertionError(f"{item!r} is missing ({-counted[key]} more wanted)")


def unchanged(result: CallResult, *args: object) -> None:
    """Require that a call left its arguments as they were.

    Args:
        result: of `solution.f.call(*args, echo_args=True)`.
        args: what was passed.
    """
    if result.args is None or len(result.args) != len(args):
        raise ValueError("pass what the call was given, and give the call echo_args=True")
    for place, (after, before) in enumerate(zip(result.args, args, strict=True)):
        if _key(after) != _key(before):
            raise AssertionError(f"argument {place} was {before!r} and is {after!r} afterwards")


def deterministic(call: Callable[[], object], times: int = 2) -> None:
    """Require that equal calls give equal values, bit for bit; for seeded randomness."""
    first = _key(call())
    for _ in range(times - 1):
        if _key(call()) != first:
            raise AssertionError("two equal calls, with equal seeds, gave different values")


def equal_values(one: object, other: object) -> bool:
    """Whether two values are of equal types and equal, bit for bit; NaN equals itself."""
    return bool(_key(one) == _key(other))


def learns(
    scores: Sequence[float],
    *,
    baseline: Sequence[float],
    reference: Sequence[float],
    share: float = 0.8,
) -> None:
    """Require most of what the reference gains over a dummy baseline, over several seeds.

    Args:
        scores: of the submission, one for each seed; higher is better.
        baseline: of a dummy, in the same unit.
        reference: of the reference, in the same unit.
        share: of the reference's mean gain that must be reached, 0 to 1.

    Raises:
        ValueError: the reference does not beat the baseline, so that the test says nothing.
    """
    if not len(scores) == len(baseline) == len(reference) > 0:
        raise ValueError("scores, baseline and reference need one score for each seed")
    if not np.isfinite(scores).all():
        raise AssertionError(f"a score that is not finite: {list(scores)}")
    low, high, mean = (float(np.mean(one)) for one in (baseline, reference, scores))
    if not high > low:
        raise ValueError(f"the reference ({high:.4g}) does not beat the baseline ({low:.4g})")
    bar = low + share * (high - low)
    if not mean >= bar:
        raise AssertionError(
            f"a mean score of {mean:.4g} over {len(scores)} seeds; {bar:.4g} is wanted "
            f"(baseline {low:.4g}, reference {high:.4g})"
        )


def mean_is(  # noqa: PLR0913 (each is one word of what chance may do)
    samples: Sequence[float] | np.ndarray[Any, Any],
    expected: float,
    *,
    low: float,
    high: float,
    false_alarm: float = 1e-6,
    comparisons: int = 1,
) -> None:
    """Require the mean of independent samples to be what it should, within chance.

    Args:
        samples: shape (n,), each within [low, high].
        expected: the mean of the right distribution.
        low: no sample lies below it.
        high: nor above this.
        false_alarm: the chance at most that right samples are refused, over all comparisons.
        comparisons: how many such checks a submission meets (Bonferroni's correction).

    Source: Hoeffding's inequality, which holds for every distribution on [low, high].
    """
    values = np.asarray(samples, dtype=float)
    if values.ndim != 1 or not len(values):
        raise AssertionError(f"samples of shape {values.shape} where (n,) is wanted")
    if not ((values >= low) & (values <= high)).all():
        raise AssertionError(f"a sample outside [{low:g}, {high:g}]")
    chance = false_alarm / comparisons
    reach = (high - low) * math.sqrt(math.log(2 / chance) / (2 * len(values)))
    off = abs(float(values.mean()) - expected)
    if off > reach:
        raise AssertionError(
            f"the mean of {len(values)} samples is off by {off:.4g}; chance alone explains "
            f"{reach:.4g} (false alarms: {false_alarm:g})"
        )


def frequencies_are(
    samples: Sequence[Any],
    expected: dict[Any, float],
    *,
    false_alarm: float = 1e-6,
    comparisons: int = 1,
) -> None:
    """Require every value to be drawn as often as it should, within chance.

    Args:
        samples: values that were drawn independently.
        expected: value -> its probability; they sum to 1.
        false_alarm: as for `mean_is`; the values share it.
        comparisons: as for `mean_is`.
    """
    drawn = list(samples)
    strangers = [one for one in drawn if not isinstance(one, Hashable) or one not in expected]
    if strangers:
        raise AssertionError(f"{strangers[0]!r} was drawn, which cannot be")
    for value, probability in expected.items():
        hits = [float(one == value) for one in drawn]
        try:
            mean_is(
                hits, probability, low=0, high=1,
                false_alarm=false_alarm, comparisons=comparisons * len(expected),
            )  # fmt: skip
        except AssertionError as error:
            raise AssertionError(f"{value!r}: {error}") from None


def _key(value: Any) -> Any:  # noqa: PLR0911 (one for each kind of value)
    """Return what is equal exactly for equal values of equal types, and can be hashed."""
    if isinstance(value, np.ndarray):
        return "ndarray", value.shape, value.dtype.str, value.tobytes()
    if isinstance(value, list | tuple):
        return type(value).__name__, tuple(map(_key, value))
    if isinstance(value, dict):
        return "dict", frozenset((_key(key), _key(one)) for key, one in value.items())
    if isinstance(value, set | frozenset):
        return type(value).__name__, frozenset(map(_key, value))
    if isinstance(value, float | np.floating):
        return type(value).__name__, float(value).hex()
    return type(value).__name__, value
