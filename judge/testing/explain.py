"""What a failure was: whose fault, in which words, and the input that shows it."""

from pathlib import Path
from typing import Any

import pytest
from _pytest._code import ExceptionInfo
from hypothesis.errors import Flaky

from judge.proxy.caller import History, Recorded
from judge.proxy.channel import BadReply, MissingEntry, ProgramRun, Stopped
from judge.proxy.exposed import Exposed
from judge.proxy.handle import Handle
from judge.proxy.raised import Described, describe
from judge.proxy.rebuilt import RemoteError
from judge.proxy.solution import ProgramSolution, Solution
from judge.testing.rendering import call_text, value_text

MAX_DETAIL = 6_000
Failure = dict[str, Any]


def classify(error: BaseException) -> Failure:
    """Return the kind of a failed test's exception, and what is known of it.

    Kinds: `stopped`, `bad_reply`, `missing`, `raised` (all the submission's), `assertion`,
    `unstable`, and `other`, whose blame is still to be found.
    """
    match error:
        case Stopped() | BadReply() | MissingEntry() | RemoteError():
            return _of_submission(error)
        case AssertionError() | pytest.fail.Exception():
            return {"kind": "assertion", "text": str(error)[:MAX_DETAIL]}
        case Flaky():
            return {"kind": "unstable"}
        case _:
            return {"kind": "other", "raised": _reported(describe(error))}


def is_out_of_memory(failure: Failure) -> bool:
    """Whether a failure is a MemoryError, of the test or of what it called."""
    return "MemoryError" in failure.get("raised", {}).get("builtins", ())


def detail(excinfo: ExceptionInfo[BaseException], package: Path) -> str:
    """Return the traceback of a test for its author, from the package's own files on."""
    if isinstance(excinfo.value, pytest.FixtureLookupError):
        return str(excinfo.value.formatrepr())[:MAX_DETAIL]  # names the fixtures there are
    own = str(package)
    text = str(
        excinfo.getrepr(
            style="short",
            chain=False,
            tbfilter=lambda info: (
                info.traceback.filter(lambda entry: str(entry.path).startswith(own))
                or info.traceback
            ),
        )
    )
    return text if len(text) <= MAX_DETAIL else text[:MAX_DETAIL] + " …"


def counterexample(
    history: History, reference: Solution | ProgramSolution | None
) -> dict[str, str | None] | None:
    """Return the last input, what the submission made of it and a right answer, as text."""
    if history.last_run is not None:
        return _of_program(history, reference)
    if not history.calls:
        return None
    last = history.calls[-1]
    if isinstance(last.outcome, Handle):
        return None  # nothing was seen of it that could be shown
    lines = [call_text(call) for call in history.calls]
    return {
        "input": _cut("\n".join(lines), MAX_DETAIL),
        "output": _outcome(last),
        "expected": _expected(history.calls, reference)
        if isinstance(reference, Solution)
        else None,
    }


def _of_submission(error: Stopped | BadReply | MissingEntry | RemoteError) -> Failure:
    match error:
        case Stopped():
            return {"kind": "stopped"}
        case BadReply():
            return {"kind": "bad_reply", "text": str(error)}
        case MissingEntry():
            return {"kind": "missing", "text": error.name}
        case RemoteError():
            return {"kind": "raised", "raised": _reported(error.described)}


def _reported(described: Described) -> Described:
    """Return what a report says of an exception: not its arguments, which may be bytes."""
    return {name: value for name, value in described.items() if name != "args"}


def _of_program(
    history: History, reference: Solution | ProgramSolution | None
) -> dict[str, str | None] | None:
    if history.last_run is None:
        return None
    stdin, run = history.last_run
    expected = (
        reference.run(stdin, check=False).stdout if isinstance(reference, ProgramSolution) else None
    )
    return {
        "input": _cut(stdin),
        "output": "" if run is None else _printed(run),
        "expected": None if expected is None else _cut(expected),
    }


def _printed(run: ProgramRun) -> str:
    """Return what a program printed, and how it ended when it should not have ended so."""
    if run.exit_code == 0:
        return _cut(run.stdout)
    complaint = (run.stderr.strip().splitlines() or [""])[-1]
    ending = f"(ended with exit code {run.exit_code}{': ' if complaint else ''}{complaint[:300]})"
    return "\n".join(filter(None, (_cut(run.stdout).rstrip("\n"), ending)))


def _outcome(call: Recorded) -> str:
    if not call.raised:
        return value_text(call.outcome)
    if isinstance(call.outcome, RemoteError):
        described = call.outcome.described
        text = f": {described['text']}" if described.get("text") else ""
        return f"raised {described.get('type')}{text}"[:MAX_DETAIL]
    return "no answer"


def _expected(calls: list[Recorded], reference: Solution) -> str | None:
    """Replay the calls on the reference; None where they cannot be replayed."""
    twins: dict[Handle, object] = {}
    given = (value for call in calls for value in (*call.args, *call.kwargs.values()))
    if any(isinstance(value, Exposed) for value in given):
        return None
    outcome: object = None
    for call in calls:
        try:
            outcome = _replayed(call, reference, twins)
        except RemoteError as error:
            outcome = error
        except Exception:  # noqa: BLE001 (an explanation that cannot be had must not hide the failure)
            return None
        if isinstance(call.outcome, Handle):
            twins[call.outcome] = outcome
    if isinstance(outcome, RemoteError):
        return f"raises {outcome.described.get('type')}: {outcome.described.get('text')}"
    return value_text(outcome)


def _replayed(call: Recorded, reference: Solution, twins: dict[Handle, object]) -> object:
    owner: Any = reference if call.target.module == "solution" else reference.prelude
    if isinstance(call.target.handle, Handle):
        owner = twins[call.target.handle]
    elif call.target.handle is not None:
        owner = getattr(owner, call.target.handle.name)
    found = getattr(owner, call.target.name)
    if call.attribute:
        return found
    args = [twins.get(arg, arg) if isinstance(arg, Handle) else arg for arg in call.args]
    return found(*args, **call.kwargs)


def _cut(text: str, limit: int = 2_000) -> str:
    return text if len(text) <= limit else f"{text[:limit]} … ({len(text)} characters)"
