"""What travels over HTTP, as strict models: the only place that knows how our JSON looks."""

from judge.wire.base import API_HEADER, API_VERSION
from judge.wire.events import AttemptFailed, Collected, PhaseStarted, StateChanged, TestEnded
from judge.wire.judgement import Counterexample, Judgement, Phase, Test, Trial
from judge.wire.pitfalls import Pitfall, PitfallList
from judge.wire.problems import (
    Libraries,
    Limits,
    ProblemDetail,
    ProblemList,
    ProblemSummary,
    Progress,
)
from judge.wire.reports import NewReport, Report
from judge.wire.service import Health, Link, NewLink, Readiness, Trouble, Version
from judge.wire.submissions import (
    Cancel,
    NewRun,
    NewSubmission,
    Round,
    RoundList,
    Run,
    Submission,
    SubmissionList,
    SubmissionSummary,
)

__all__ = [
    "API_HEADER",
    "API_VERSION",
    "AttemptFailed",
    "Cancel",
    "Collected",
    "Counterexample",
    "Health",
    "Judgement",
    "Libraries",
    "Limits",
    "Link",
    "NewLink",
    "NewReport",
    "NewRun",
    "NewSubmission",
    "Phase",
    "PhaseStarted",
    "Pitfall",
    "PitfallList",
    "ProblemDetail",
    "ProblemList",
    "ProblemSummary",
    "Progress",
    "Readiness",
    "Report",
    "Round",
    "RoundList",
    "Run",
    "StateChanged",
    "Submission",
    "SubmissionList",
    "SubmissionSummary",
    "Test",
    "TestEnded",
    "Trial",
    "Trouble",
    "Version",
]
