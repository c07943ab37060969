"""Submissions: accept, show, list, cancel, follow."""

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import BaseModel

from judge import wire
from judge.api.accepting import accept
from judge.api.access import LearnerId
from judge.api.documented import troubles
from judge.api.following import LastEventId, follow, open_stream
from judge.api.parts import PartsOf, RunningOf
from judge.api.said import said_round, said_submission, said_summary
from judge.model import State, Verdict
from judge.store import Filter, Kind, Submission, Wanted

router = APIRouter(prefix="/api/submissions", tags=["submissions"])
Id = Annotated[int, Path(ge=1, le=2**63 - 1)]


class Wish(BaseModel):
    """Which submissions, and from where on."""

    problem: Annotated[str | None, Query(max_length=100)] = None
    state: State | None = None
    verdict: Verdict | None = None
    limit: Annotated[int, Query(ge=1, le=100)] = 20
    cursor: Annotated[
        str | None,
        Query(pattern=r"^[1-9][0-9]{0,17}$", description="`next` of the page before"),
    ] = None


@router.post(
    "", status_code=HTTPStatus.ACCEPTED, responses=troubles(401, 409, 422, 503, writes=True)
)
def submit(
    parts: PartsOf,
    running: RunningOf,
    learner: LearnerId,
    new: wire.NewSubmission,
    response: Response,
) -> wire.Submission:
    """Accept source to be judged with all tests. Once this says 202 nothing is lost."""
    wanted = Wanted(Kind.SUBMISSION, new.problem, new.source)
    accepted = accept(parts, learner, wanted, new.key)
    running.wake()
    running.feed.hint_from_thread()
    response.headers["Location"] = f"/api/submissions/{accepted.id}"
    return said_submission(parts.store, running.feed, accepted)


@router.get("", responses=troubles(401, 422, 503))
def list_submissions(
    parts: PartsOf, learner: LearnerId, wish: Annotated[Wish, Query()]
) -> wire.SubmissionList:
    """List your submissions, newest first."""
    found = parts.store.submissions.page(
        learner,
        Filter(wish.problem, wish.state, wish.verdict),
        limit=wish.limit + 1,  # the one too many tells that there is a next page
        before=None if wish.cursor is None else int(wish.cursor),
    )
    page = found[: wish.limit]
    more = len(found) > wish.limit
    return wire.SubmissionList(
        submissions=tuple(map(said_summary, page)), next=str(page[-1].id) if more else None
    )


def owned(parts: PartsOf, learner: LearnerId, submission_id: Id) -> Submission:
    """Return a submission of whoever asks."""
    return parts.store.submissions.get(learner, Kind.SUBMISSION, submission_id)


Owned = Annotated[Submission, Depends(owned)]


@router.get("/{submission_id}", responses=troubles(401, 404, 422, 503))
def get_submission(parts: PartsOf, running: RunningOf, submission: Owned) -> wire.Submission:
    """Show a submission, with its judgement when it has been judged."""
    return said_submission(parts.store, running.feed, submission)


@router.get("/{submission_id}/judgements", responses=troubles(401, 404, 422, 503))
def list_judgements(parts: PartsOf, submission: Owned) -> wire.RoundList:
    """List all judgements of a submission, the newest first: being judged anew adds one."""
    found = parts.store.judgements.rounds(submission.id)
    return wire.RoundList(
        submission_id=submission.id,
        rounds=tuple(said_round(one, submission.round) for one in found),
    )


@router.post("/{submission_id}/cancel", responses=troubles(401, 404, 409, 422, 503, writes=True))
def cancel(
    parts: PartsOf, running: RunningOf, submission: Owned, _nothing: wire.Cancel
) -> wire.Submission:
    """Take a submission back that has not been judged."""
    cancelled = parts.store.submissions.cancel(
        submission.learner_id, Kind.SUBMISSION, submission.id
    )
    running.wake()
    running.feed.hint_from_thread()
    return said_submission(parts.store, running.feed, cancelled)


@router.get(
    "/{submission_id}/events",
    response_class=EventSourceResponse,
    responses=troubles(401, 404, 422, 503),
    dependencies=[Depends(open_stream)],
)
async def events(
    parts: PartsOf, running: RunningOf, submission: Owned, last: LastEventId = 0
) -> AsyncIterator[ServerSentEvent]:
    """Follow a submission: `state`, `phase`, `collected`, `test`, `attempt_failed`, `done`.

    Each `data` is JSON: StateChanged, PhaseStarted, Collected, TestEnded, AttemptFailed, and for
    `done`, which is the last, the Submission. A connection that breaks goes on where it was with
    `Last-Event-ID`. A new attempt, and every `phase` called `box`, make earlier tests void.
    """
    store, feed = parts.store, running.feed
    stream = follow(
        store,
        feed,
        lambda: store.submissions.get(submission.learner_id, Kind.SUBMISSION, submission.id),
        last,
        lambda found: said_submission(store, feed, found),
    )
    async for event in stream:
        yield event
