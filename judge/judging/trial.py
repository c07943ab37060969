"""A learner's own input, tried on their submission in a box and on the reference in the grader."""

from dataclasses import replace

from judge.errors import MalformedHeader, SilentTest
from judge.grading import Called, Grader, Message, ProgramCalled, Tried
from judge.grading.base import Trial as Wanted
from judge.judging import words
from judge.judging.orders import Submission, grading_spec, order
from judge.judging.relay import Relay, TestOver, messages
from judge.model import Trial
from judge.sandbox.base import Sandbox
from judge.sandbox.cores import on_one_core

TOO_LONG = "this input, or what came of it, kept the judge busy for more than a minute"


def try_input(
    submission: Submission,
    args: list[object] | None,
    stdin: str | None,
    sandbox: Sandbox,
    grader: Grader,
) -> Trial:
    """Run one input; raise InfrastructureError when we fail."""
    try:
        return _try(submission, Wanted(args, stdin), sandbox, grader)
    except SilentTest:
        return Trial(
            output="",
            expected=None,
            matches=None,
            error=TOO_LONG,
            stdout="",
            cpu_seconds=0.0,
            refused=None,
        )


def _try(submission: Submission, wanted: Wanted, sandbox: Sandbox, grader: Grader) -> Trial:
    problem = submission.problem
    spec = replace(grading_spec(submission), trial=wanted)
    tried: Tried | None = None
    with (
        sandbox.lease(problem.profile, problem.limits.memory_mib) as box,
        on_one_core(),
        grader.open(spec) as session,
    ):
        relay = Relay(box, session, order(submission, problem.limits))
        session.go(relay.load())
        for message in messages(session):
            try:
                said = _passed_on(message, relay)
            except TestOver as over:
                said = over.message
            if isinstance(said, Tried):
                tried = said
    if tried is None:
        raise MalformedHeader("a grader that tried nothing")
    return _trial(tried, relay, words.Words(submission.source, problem.entry))


def _passed_on(message: Message, relay: Relay) -> Message:
    match message:
        case Called():
            relay.call(message)
        case ProgramCalled():
            relay.run_program(message)
        case _:
            pass  # nothing else is asked for in a trial
    return message


def _trial(tried: Tried, relay: Relay, said: words.Words) -> Trial:
    failure = tried.failure
    error = None if failure is None else said.failure(failure, relay.last, open_book=True)
    both = tried.output is not None and tried.expected is not None
    return Trial(
        output=tried.output or "",
        expected=tried.expected,
        matches=tried.output == tried.expected if both else None,
        error=error,
        stdout=relay.used.stdout.decode(errors="replace"),
        cpu_seconds=relay.used.cpu_seconds,
        refused=tried.refused,
    )
