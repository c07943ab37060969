"""Do the tests of a package ask for anything? Every group must fail who deserves it."""

from collections.abc import Iterator, Sequence

from judge.judging.labels import failed_groups, hidden_groups
from judge.model import Judgement, Verdict


def idle_groups(judgements: Sequence[Judgement]) -> Iterator[str]:
    """Complain of groups of hidden tests that fail none of the labelled submissions."""
    found = dict.fromkeys(group for one in judgements for group in hidden_groups(one))
    failing = {group for one in judgements for group in failed_groups(one)}
    for group in found:
        if group not in failing:
            yield (
                f"group '{group}' fails no labelled submission; add one to submissions/ that only "
                "these tests can tell from a right one, or take the group out"
            )


def groups_passed(judgement: Judgement) -> list[str]:
    """Return the groups of hidden tests that a solution passes, which solves nothing."""
    return [
        group
        for group in hidden_groups(judgement)
        if all(one.verdict is Verdict.AC for one in judgement.tests if one.group == group)
    ]


def too_easy(group: str, words: Sequence[str]) -> str:
    """Complain of a group that passes for solutions that solve nothing."""
    return (
        f"group '{group}' passes for a solution that {', for one that '.join(words)}; "
        "have a test of the group ask for the right answer as well"
    )
