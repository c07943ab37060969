"""Judging anew what has been judged: the way of every submission, ending in a proposal."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from judge.store import Judged, Proposal, Store
from judge.worker.base import Judges
from judge.worker.one import Judging
from judge.worker.telling import log


def judge_anew(
    store: Store,
    number: int,
    judge: Judges,
    judging: Judging,
    on_proposal: Callable[[Proposal], None],
) -> None:
    """Judge what is left of a set, one after the other; each is kept as soon as it is judged.

    Raises:
        EngineUnavailable, SetupError: nothing can be judged; what was judged is kept.
    """
    for submission_id in store.rejudges.unjudged(number):
        # Workers that died of it long ago are no reason not to try.
        submission = replace(store.submissions.of_anybody(submission_id), crashes=0)
        outcome = judging.outcome(judge, submission, partial(log, submission_id=submission_id))
        if not isinstance(outcome, Judged):
            raise TypeError(f"submission {submission_id} came to {outcome!r}")
        on_proposal(store.rejudges.propose(number, submission_id, outcome))
