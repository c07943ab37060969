"""The one place where our failure becomes JE: tries again, gives up, blames no contestant."""

import time
from collections.abc import Callable
from typing import TypeVar

from judge.errors import ContainerLost, EngineUnavailable, InfrastructureError, TestFault
from judge.judging.events import AttemptFailed, Listener
from judge.judging.orders import Submission
from judge.model import Judgement, Verdict

MAX_ATTEMPTS = 3
MAX_LOSSES = 10
Result = TypeVar("Result")


def judge_with_retries(
    submission: Submission, judge: Callable[[], Judgement], listener: Listener
) -> Judgement:
    """Return the judgement of `judge`, tried again as `with_retries` says, or one that says JE.

    EngineUnavailable passes: without an engine nothing can be judged, and nothing is anybody's
    fault.
    """
    started = time.monotonic()
    try:
        judgement = with_retries(judge, listener)
    except EngineUnavailable:
        raise
    except InfrastructureError as error:
        judgement = _judge_error(submission, error)
    return judgement.with_judging_seconds(time.monotonic() - started)


def with_retries(work: Callable[[], Result], listener: Listener) -> Result:
    """Return what `work` returns; raise its InfrastructureError when it failed three times.

    Without an engine it would fail again, and so would a test that is at fault. A container that is
    lost says nothing of the work: whoever killed it, or its engine, may do so three times within
    one long judging. Those tries are counted apart, up to ten, as one who kills may never stop.
    """
    attempt = losses = 0
    while True:
        attempt += 1
        try:
            return work()
        except EngineUnavailable:
            raise
        except InfrastructureError as error:
            listener(AttemptFailed(error, attempt))
            losses += isinstance(error, ContainerLost)
            if attempt - losses == MAX_ATTEMPTS or losses == MAX_LOSSES:
                raise
            if isinstance(error, TestFault):
                raise


def _judge_error(submission: Submission, failure: InfrastructureError) -> Judgement:
    blame = (
        "the tests of this problem are at fault; `judge problem check` shows its author where"
        if isinstance(failure, TestFault)
        else "the judge itself failed, again and again; this is not counted against you"
    )
    return Judgement(
        problem=submission.problem.slug,
        problem_version=submission.problem.version,
        image=submission.image.digest,
        runner_version=submission.image.runner_version,
        verdict=Verdict.JE,
        points=0,
        max_points=0,
        tests=(),
        message=blame,
    )
