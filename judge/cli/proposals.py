"""A set of proposed judgements, for people and as JSON."""

from collections.abc import Mapping
from dataclasses import asdict

from judge.cli.console import err, out, table, text
from judge.model import Verdict
from judge.store import Fate, Proposal, Rejudge, Standing

_VERSION = 12  # digits that tell versions apart
_FATES: Mapping[Fate, str] = {
    Fate.OVERTAKEN: "has another judgement by now",
    Fate.FAILED: "keeps its judgement, as the judge failed",
}


def rejudge_json(found: Rejudge) -> dict[str, object]:
    """Return the object of `judge rejudge --json`."""
    return {
        "set": found.id,
        "applied": found.applied_at is not None,
        "total": len(found.proposals),
        "judged": sum(one.new is not None for one in found.proposals),
        "changes": sum(one.changes for one in found.proposals),
        "proposals": [{**asdict(one), "changes": one.changes} for one in found.proposals],
    }


def show_rejudge(found: Rejudge) -> None:
    """Print what would change, or did, and what can be done about it."""
    changed = [one for one in found.proposals if one.changes]
    if changed:
        rows = table("Submission", "Problem", "Learner", "Judgement", "Version", "Machine")
        for one in changed:
            rows.add_row(*map(text, _cells(one)))
        out().print(rows)
    judged = sum(one.new is not None for one in found.proposals)
    counted = f"{judged} of {len(found.proposals)} judged anew, {len(changed)} differ"
    out().print(f"set {found.id}: {counted}{_advice(found, judged)}")
    show_fates(found)


def show_fates(found: Rejudge) -> None:
    """Print which proposals superseded nothing, and why."""
    for one in found.proposals:
        if one.fate is not None and one.fate in _FATES:
            err().print(f"submission {one.submission_id} {_FATES[one.fate]}")
        elif one.fate is None and failed(one):
            err().print(f"submission {one.submission_id}: the judge failed")


def failed(proposal: Proposal) -> bool:
    """Whether it says nothing but that the judge failed."""
    return proposal.new is not None and proposal.new.verdict is Verdict.JE


def story(proposal: Proposal) -> str:
    """Return what became of a submission, in a line."""
    new = "?" if proposal.new is None else _points(proposal.new)
    words = f"{_points(proposal.old)} → {new}" if proposal.changes else f"{new} as before"
    return f"submission {proposal.submission_id} {words}"


def _cells(proposal: Proposal) -> tuple[str, ...]:
    old, new = proposal.old, proposal.new
    assert new is not None  # noqa: S101 (what is not judged does not differ)
    return (
        str(proposal.submission_id),
        proposal.problem,
        proposal.learner,
        f"{_points(old)} → {_points(new)}",
        _step(old.problem_version[:_VERSION], new.problem_version[:_VERSION]),
        "the same" if old.machine == new.machine else f"{old.machine or '?'} → {new.machine}",
    )


def _points(standing: Standing) -> str:
    return f"{standing.verdict} {standing.points}/{standing.max_points}"


def _step(old: str, new: str) -> str:
    return f"{old}, the same" if old == new else f"{old or '?'} → {new or '?'}"


def _advice(found: Rejudge, judged: int) -> str:
    if found.applied_at is not None:
        return "; applied"
    if judged < len(found.proposals):
        return f"; `judge rejudge --continue {found.id}` judges the rest"
    return (
        f"; `judge rejudge --apply {found.id}` makes the new judgements the current ones, "
        f"`--drop {found.id}` forgets them"
    )
