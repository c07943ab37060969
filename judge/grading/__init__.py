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
    Found,
    Message,
    Outcome,
    ProgramCalled,
    Report,
    Searching,
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
    "Found",
    "Grader",
    "Message",
    "Outcome",
    "ProgramCalled",
    "Report",
    "Searching",
    "Session",
    "Spec",
    "TestInfo",
    "Tried",
]
