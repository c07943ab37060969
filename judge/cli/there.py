"""Submitting to a server and following what becomes of it; Ctrl-C takes it back."""

import contextlib
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from judge import wire
from judge.cli.console import err
from judge.cli.progress import Heard, Waiting
from judge.client import AWAY, Client, follow
from judge.errors import RequestError, ServerError
from judge.judging.events import PhaseStarted, TestEnded, TestsCollected
from judge.model import State

if TYPE_CHECKING:
    from judge.client import Followed

Listener = Callable[[Heard], None]


def submit_there(client: Client, problem: str, source: str, listener: Listener) -> wire.Submission:
    """Have a source judged; return the submission with its judgement."""
    new = wire.NewSubmission(problem=problem, source=source, key=new_key())
    accepted = client.submit(new)
    return wire.Submission.model_validate_json(_end(client, "submissions", accepted.id, listener))


def run_there(client: Client, new: wire.NewRun, listener: Listener) -> wire.Run:
    """Have a run done; return it with what came of it."""
    accepted = client.run(new)
    return wire.Run.model_validate_json(_end(client, "runs", accepted.id, listener))


def new_key() -> str:
    """Return a key that makes a request safe to repeat."""
    return secrets.token_urlsafe(16)


def _end(client: Client, what: str, submission_id: int, listener: Listener) -> str:
    """Follow to the end and return its JSON."""
    with _cancelling(client, what, submission_id):
        last: Heard | None = None
        for event in follow(client, what, submission_id):
            try:
                if event.kind == "done":
                    _require_judged(event)
                    return event.data
                heard = _heard(event)
            except (ValueError, KeyError, TypeError) as error:
                raise ServerError(
                    f"the server sent an event that cannot be read: {error}"
                ) from error
            if heard is not None and heard != last:
                listener(heard)
                last = heard
    raise ServerError("the server ended the stream before the judging")


@contextlib.contextmanager
def _cancelling(client: Client, what: str, submission_id: int) -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        with contextlib.suppress(ServerError):  # it was judged in this very moment
            client.cancel(what, submission_id)
            err().print(f"{submission_id} is taken back")
        raise


def _require_judged(event: "Followed") -> None:
    said = json.loads(event.data)
    if said["state"] == State.CANCELLED:
        raise RequestError(f"{said['id']} was cancelled")


def _heard(event: "Followed") -> Heard | None:
    read = _READ.get(event.kind)
    return None if read is None else read(event.data)  # a newer server may say more


def _test(data: str) -> TestEnded:
    ended = wire.TestEnded.model_validate_json(data)
    return TestEnded(ended.test.result(), ended.index)


def _waiting(data: str) -> Waiting | None:
    changed = wire.StateChanged.model_validate_json(data)
    if changed.state is not State.QUEUED:
        return None
    if changed.reason is not None:
        return Waiting(f"waits: {changed.reason}")
    return Waiting("queued" if not changed.position else f"queued, {changed.position} before it")


_READ: Mapping[str, Callable[[str], Heard | None]] = MappingProxyType(
    {
        "state": _waiting,
        "phase": lambda data: PhaseStarted(wire.PhaseStarted.model_validate_json(data).name),
        "collected": lambda data: TestsCollected(wire.Collected.model_validate_json(data).total),
        "test": _test,
        "attempt_failed": lambda data: Waiting(
            wire.AttemptFailed.model_validate_json(data).message
        ),
        AWAY.kind: lambda _: Waiting("the server does not answer; asking again for up to a minute"),
    }
)
