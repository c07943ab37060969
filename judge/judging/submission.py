"""The judging of one submission: attempts, and whose fault it is when one does not get through."""

from dataclasses import replace

from judge.errors import SilentTest
from judge.grading import Grader
from judge.judging.attempt import Attempt
from judge.judging.events import Listener, nobody
from judge.judging.orders import Submission
from judge.model import Judgement
from judge.sandbox.base import Sandbox


def judge_submission(
    submission: Submission, sandbox: Sandbox, grader: Grader, listener: Listener
) -> Judgement:
    """Judge a submission; raise InfrastructureError when we fail, never when it does."""
    attempt = Attempt(submission, listener)
    attempt.run(sandbox, grader)
    hung = attempt.silence
    if hung is not None:
        _have_reference_end(hung, submission, sandbox, grader)
    if attempt.box_lost or hung is not None:
        # Either may be an accident once; a program that does it twice has done it.
        attempt = Attempt(submission, listener)
        attempt.run(sandbox, grader)
        if attempt.silence is not None and hung is None:
            _have_reference_end(attempt.silence, submission, sandbox, grader)
        attempt.charge_silence()
    return attempt.judgement()


def _have_reference_end(
    silence: SilentTest, submission: Submission, sandbox: Sandbox, grader: Grader
) -> None:
    """Raise that the test is at fault unless all tests end with the reference."""
    reference = submission.problem.reference
    if reference is None or reference == submission.source:
        raise silence
    control = Attempt(replace(submission, source=reference, brief=False), nobody)
    control.run(sandbox, grader)
    if control.silence is not None:
        raise control.silence
