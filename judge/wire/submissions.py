"""Submissions and runs as JSON."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from judge.model import State, Verdict
from judge.wire.base import Asked, Said
from judge.wire.judgement import Judgement, Trial

MAX_KEY = 64
Slug = Annotated[str, Field(min_length=1, max_length=100, description="the problem's slug")]
# What counts is the size in UTF-8, see catalog.source; this bounds what is looked at.
Source = Annotated[str, Field(max_length=256 * 1024, description="Python source, up to 256 KiB")]
Key = Annotated[
    str | None,
    Field(
        max_length=MAX_KEY,
        pattern=r"^[A-Za-z0-9_-]+$",
        description="made up by the client; a second request with the same key and the same "
        "content is answered with the first one's submission, so that it is safe to ask again",
    ),
]
_EXAMPLE = "def pair_indices(scores, target):\n    return None\n"


class NewSubmission(Asked):
    """Source to be judged with all tests."""

    problem: Slug = Field(examples=["score-pair-sum"])
    source: Source = Field(examples=[_EXAMPLE])
    key: Key = None


class NewRun(Asked):
    """Source to be tried with the sample tests, or with an input of one's own."""

    problem: Slug = Field(examples=["score-pair-sum"])
    source: Source = Field(examples=[_EXAMPLE])
    args: list[object] | None = Field(
        default=None, description="arguments of a call, for a problem that asks for a function"
    )
    stdin: str | None = Field(default=None, max_length=256 * 1024, description="input of a program")
    key: Key = None


class Cancel(Asked):
    """Nothing has to be said; the body is `{}`."""


class SubmissionSummary(Said):
    """A submission in a list."""

    id: int
    problem: str
    state: State
    verdict: Verdict | None
    points: int | None
    max_points: int | None
    cpu_seconds: float | None
    peak_memory_mib: float | None
    created_at: datetime
    finished_at: datetime | None


class SubmissionList(Said):
    """Submissions, newest first."""

    submissions: tuple[SubmissionSummary, ...]
    next: str | None = Field(description="`cursor` of the next page; None on the last one")


class _Waiting(Said):
    id: int
    problem: str
    state: State
    position: int | None = Field(description="how many are judged before it; None when not queued")
    reason: str | None = Field(description="why it waits, when that is not the queue")
    attempts: int = Field(description="how often judging it has begun")
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    source: str


class Submission(_Waiting):
    """One submission; `judgement` is there when the state is judged."""

    judgement: Judgement | None


class Run(_Waiting):
    """One run, kept for 24 hours: a judgement of the samples, or a trial of one's own input."""

    args: list[object] | None
    stdin: str | None
    judgement: Judgement | None
    trial: Trial | None
