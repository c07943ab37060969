"""Where programs of machine learning go wrong most often: inputs that show it, by name.

    @pytest.mark.pitfall("huge_logits")
    @pytest.mark.parametrize("case", pitfalls.cases("huge_logits"))
    def test_stays_finite(solution, reference, case):
        close(solution.softmax(case.logits), reference.softmax(case.logits))

The marker makes a failure name the pitfall and lead to two paragraphs about it (docs/pitfalls.md).
Where data alone show nothing there is a check as well.
"""

from collections.abc import Callable, Mapping, Sequence

from judge.testing.pitfalls import numbers, tables
from judge.testing.pitfalls.checks import (
    alone_as_in_company,
    divides_by,
    follows_nan_policy,
    intercept_is_free,
    same_after_reseeding,
    scaled_with_train_only,
)
from judge.testing.pitfalls.numbers import (
    Array,
    Draw,
    Logits,
    Matrix,
    Probabilities,
    Sample,
    Scores,
)
from judge.testing.pitfalls.tables import Clusters, Labelled, Offset, Regression, Split

Case = (
    Array
    | Clusters
    | Draw
    | Labelled
    | Logits
    | Matrix
    | Offset
    | Probabilities
    | Regression
    | Sample
    | Scores
    | Split
)

__all__ = [
    "Case",
    "alone_as_in_company",
    "cases",
    "divides_by",
    "follows_nan_policy",
    "intercept_is_free",
    "known",
    "names",
    "same_after_reseeding",
    "scaled_with_train_only",
]

_MAKERS: Mapping[str, Callable[[int], Sequence[Case]]] = {
    "huge_logits": numbers.huge_logits,
    "log_of_zero": numbers.log_of_zero,
    "constant_feature": tables.constant_feature,
    "one_class": tables.one_class,
    "empty_cluster": tables.empty_cluster,
    "duplicates_and_ties": numbers.duplicates_and_ties,
    "rank_deficient": tables.rank_deficient,
    "fewer_rows_than_columns": tables.fewer_rows_than_columns,
    "empty_array": numbers.empty_array,
    "zero_dimensional": numbers.zero_dimensional,
    "nan_policy": numbers.nan_policy,
    "wrong_axis": numbers.wrong_axis,
    "ddof": numbers.ddof,
    "penalised_intercept": tables.penalised_intercept,
    "leakage": tables.leakage,
    "unseeded_global_rng": numbers.unseeded_global_rng,
}


def names() -> tuple[str, ...]:
    """Return the names of all pitfalls, in the order of docs/pitfalls.md."""
    return tuple(_MAKERS)


def known(name: str) -> bool:
    """Whether there is a pitfall of that name."""
    return name in _MAKERS


def cases(name: str, *, seed: int = 0) -> list[Case]:
    """Return a few small inputs that show a pitfall; the same for the same seed.

    Args:
        name: of the pitfall; what its cases hold, with shapes and dtypes, says docs/authoring.md.
        seed: of what is random in them.

    Raises:
        ValueError: there is no pitfall of that name; names all there are.
    """
    if name not in _MAKERS:
        raise ValueError(f"unknown pitfall '{name}'; there are {', '.join(_MAKERS)}")
    return list(_MAKERS[name](seed))
