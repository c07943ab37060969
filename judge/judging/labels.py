"""Is a judgement what the folder and the header of a labelled submission promise?"""

from collections.abc import Sequence

from judge.catalog import Labelled
from judge.model import Judgement, Verdict

MAX_ROUND_TRIPS = 5_000


def disagreements(labelled: Labelled, judgement: Judgement) -> tuple[str, ...]:
    """Say in which ways a judgement is not what folder and header promise."""
    found = []
    if judgement.verdict is not labelled.expected:
        reason = f": {judgement.message}" if judgement.message is not None else ""
        found.append(f"expected {labelled.expected}, got {judgement.verdict}{reason}")
    failed = failed_groups(judgement)
    survived = [_survived(group, judgement) for group in labelled.fails if group not in failed]
    found += survived
    first = _first_hidden(judgement)
    if labelled.fails and not survived and first not in (None, *labelled.fails):
        found.append(
            f"says `# fails: {', '.join(labelled.fails)}`, but group '{first}' fails first; "
            "name that one too, or have the submission be wrong in one way only"
        )
    found += [
        f"{one.name} makes {one.round_trips} round trips, more than {MAX_ROUND_TRIPS}: "
        "use `solution.batch` or a driver in prelude.py"
        for one in judgement.tests
        if one.round_trips > MAX_ROUND_TRIPS
    ]
    return tuple(found)


def failed_groups(judgement: Judgement) -> list[str]:
    """Return the groups with a test that was not passed, in the order of running."""
    failed = (one.group for one in judgement.tests if one.verdict not in (None, Verdict.AC))
    return list(dict.fromkeys(failed))


def hidden_groups(judgement: Judgement) -> list[str]:
    """Return the groups of hidden tests, in the order of running."""
    return list(dict.fromkeys(one.group for one in judgement.tests if not one.sample))


def _first_hidden(judgement: Judgement) -> str | None:
    hidden = hidden_groups(judgement)
    return next((group for group in failed_groups(judgement) if group in hidden), None)


def _survived(group: str, judgement: Judgement) -> str:
    groups = list(dict.fromkeys(one.group for one in judgement.tests))
    if group not in groups:
        return f"says `# fails: {group}`, but the groups are {_listed(groups)}"
    return f"says `# fails: {group}`, but no test of that group fails; it may not have run"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "unknown, as no test ran"
