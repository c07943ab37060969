"""Runs: the sample tests, or an input of one's own; forgotten after a day."""

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent

from judge import wire
from judge.api.accepting import accept
from judge.api.access import LearnerId
from judge.api.documented import troubles
from judge.api.following import LastEventId, follow, open_stream
from judge.api.parts import PartsOf, RunningOf
from judge.api.said import said_run
from judge.store import Kind, Submission, Wanted

router = APIRouter(prefix="/api/runs", tags=["runs"])
Id = Annotated[int, Path(ge=1, le=2**63 - 1)]


@router.post(
    "", status_code=HTTPStatus.ACCEPTED, responses=troubles(401, 409, 422, 503, writes=True)
)
def run(
    parts: PartsOf, running: RunningOf, learner: LearnerId, new: wire.NewRun, response: Response
) -> wire.Run:
    """Try source with the sample tests, or with an input of your own.

    Whether the problem allows the input is for its package to say; see `refused` of the trial.
    """
    wanted = Wanted(Kind.RUN, new.problem, new.source, new.args, new.stdin)
    accepted = accept(parts, learner, wanted, new.key)
    running.wake()
    running.feed.hint_from_thread()
    response.headers["Location"] = f"/api/runs/{accepted.id}"
    return said_run(parts.store, running.feed, accepted)


def owned(parts: PartsOf, learner: LearnerId, run_id: Id) -> Submission:
    """Return a run of whoever asks."""
    return parts.store.submissions.get(learner, Kind.RUN, run_id)


Owned = Annotated[Submission, Depends(owned)]


@router.get("/{run_id}", responses=troubles(401, 404, 422, 503))
def get_run(parts: PartsOf, running: RunningOf, found: Owned) -> wire.Run:
    """Show a run, with what came of it."""
    return said_run(parts.store, running.feed, found)


@router.post("/{run_id}/cancel", responses=troubles(401, 404, 409, 422, 503, writes=True))
def cancel(parts: PartsOf, running: RunningOf, found: Owned, _nothing: wire.Cancel) -> wire.Run:
    """Take a run back that is not over."""
    cancelled = parts.store.submissions.cancel(found.learner_id, Kind.RUN, found.id)
    running.wake()
    running.feed.hint_from_thread()
    return said_run(parts.store, running.feed, cancelled)


@router.get(
    "/{run_id}/events",
    response_class=EventSourceResponse,
    responses=troubles(401, 404, 422, 503),
    dependencies=[Depends(open_stream)],
)
async def events(
    parts: PartsOf, running: RunningOf, found: Owned, last: LastEventId = 0
) -> AsyncIterator[ServerSentEvent]:
    """Follow a run as one follows a submission; `done` carries the Run."""
    store, feed = parts.store, running.feed
    stream = follow(
        store,
        feed,
        lambda: store.submissions.get(found.learner_id, Kind.RUN, found.id),
        last,
        lambda over: said_run(store, feed, over),
    )
    async for event in stream:
        yield event
