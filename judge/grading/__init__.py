"""The grader: a container that runs a problem's tests and calls the submission from there."""

from judge.grading.base import Grader, Session, Spec
from judge.grading.messages import (
    Answered,
    Began,
    Called,
    Collected,
    Done,
    Ended,
    Failure,
    FailureKind,
    Message,
    Outcome,
    ProgramCalled,
    Report,
    TestInfo,
    Tried,
)

__all__ = [
    "Answered",
    "Began",
    "Called",
    "Collected",
    "Done",
    "Ended",
    "Failure",
    "FailureKind",
    "Grader",
    "Message",
    "Outcome",
    "ProgramCalled",
    "Report",
    "Session",
    "Spec",
    "TestInfo",
    "Tried",
]
