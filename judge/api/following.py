"""One stream of server-sent events: what is stored, in order, then whatever comes, to the end."""

from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from typing import Annotated

from fastapi import Header
from fastapi.sse import ServerSentEvent
from starlette.concurrency import run_in_threadpool

from judge import wire
from judge.api.feed import MAX_STREAMS, Feed
from judge.api.parts import RunningOf
from judge.api.troubles import Refused
from judge.model import State
from judge.store import Event, Store, Submission

FINISHED = (State.JUDGED, State.CANCELLED)
LastEventId = Annotated[
    int,
    Header(alias="Last-Event-ID", ge=0, le=2**63 - 1, description="go on after this event"),
]


async def open_stream(running: RunningOf) -> AsyncIterator[None]:
    """Count a stream for as long as it is open; refuse one too many."""
    feed = running.feed
    if feed.streams >= MAX_STREAMS:
        raise Refused(
            HTTPStatus.SERVICE_UNAVAILABLE,
            f"{MAX_STREAMS} streams of events are open already; close some",
            headers={"Retry-After": "5"},
        )
    feed.streams += 1
    try:
        yield
    finally:
        feed.streams -= 1


async def follow(
    store: Store,
    feed: Feed,
    reload: Callable[[], Submission],
    last: int,
    done: Callable[[Submission], wire.Submission | wire.Run],
) -> AsyncIterator[ServerSentEvent]:
    """Yield the events of a submission after the event `last`, and end with `done`."""
    submission = await run_in_threadpool(reload)
    position: int | None = None
    with feed.follow(submission.id) as follower:
        while not feed.ended:
            events: list[Event] = []
            if follower.take():  # or everybody in the queue would read whenever it moves
                submission, events = await run_in_threadpool(_news, store, reload, last)
                position = None  # which no event says
            for event in events:
                last = event.id
                if event.kind != "done":
                    yield ServerSentEvent(event=event.kind, id=str(event.id), data=_data(event))
            if submission.state in FINISHED:
                body = await run_in_threadpool(done, submission)
                yield ServerSentEvent(event="done", id=str(last), data=body)
                return
            place = feed.position(submission.id)
            if submission.state is State.QUEUED and place not in {None, position}:
                position = place
                yield ServerSentEvent(event="state", data=_waiting(submission, position))
            await follower.wait()


def _news(
    store: Store, reload: Callable[[], Submission], last: int
) -> tuple[Submission, list[Event]]:
    # In this order: when it is over, all its events are there to be read.
    submission = reload()
    return submission, store.events.after(submission.id, last)


def _data(event: Event) -> object:
    """Return an event as it is said; what is stored may know more."""
    match event.kind:
        case "state":
            return wire.StateChanged.model_validate(event.data)
        case "phase":
            return wire.PhaseStarted.model_validate(event.data)
        case "collected":
            return wire.Collected.model_validate(event.data)
        case "test":
            return wire.TestEnded.model_validate(event.data)
        case _:
            return wire.AttemptFailed.model_validate(event.data)


def _waiting(submission: Submission, position: int | None) -> wire.StateChanged:
    return wire.StateChanged(
        state=submission.state,
        position=position,
        reason=submission.reason,
        attempt=submission.attempts,
    )
