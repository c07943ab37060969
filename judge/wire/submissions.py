"""Submissions and runs as JSON."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from judge.model import State, Verdict
from judge.wire import examples
from judge.wire.base import Asked, Said
from judge.wire.examples import Example, shown
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
_NEW: Example = {"problem": examples.SLUG, "source": examples.SOURCE, "key": examples.KEY}
_SAMPLES: Example = {"problem": examples.SLUG, "source": examples.SOURCE}
_OWN: Example = {**_SAMPLES, "args": [[2, 7, 11], 9], "key": examples.KEY}


class NewSubmission(Asked, json_schema_extra=shown(_NEW)):
    """Source to be judged with all tests."""

    problem: Slug
    source: Source
    key: Key = None


class NewRun(Asked, json_schema_extra=shown(_SAMPLES, _OWN)):
    """Source to be tried with the sample tests, or with an input of one's own."""

    problem: Slug
    source: Source
    args: list[object] | None = Field(
        default=None, description="arguments of a call, for a problem that asks for a function"
    )
    stdin: str | None = Field(default=None, max_length=256 * 1024, description="input of a program")
    key: Key = None


class Cancel(Asked, json_schema_extra=shown({})):
    """Nothing has to be said; the body is `{}`."""


class Round(Said):
    """One of the judgements that a submission has had."""

    number: int = Field(description="0 for the first; a rejudge adds one")
    current: bool = Field(description="whether it is the submission's judgement now")
    created_at: datetime
    judgement: Judgement


_ROUNDS: Example = {
    "submission_id": 12,
    "rounds": [
        {
            "number": 0,
            "current": True,
            "created_at": "2026-01-05T10:00:01.310000Z",
            "judgement": examples.JUDGEMENT,
        }
    ],
}


class RoundList(Said, json_schema_extra=shown(_ROUNDS)):
    """All judgements of a submission, the newest first; the one before is kept as it was."""

    submission_id: int
    rounds: tuple[Round, ...]


class SubmissionSummary(Said, json_schema_extra=shown(examples.SUMMARY)):
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


_LIST: Example = {"submissions": [examples.SUMMARY], "next": "12"}


class SubmissionList(Said, json_schema_extra=shown(_LIST)):
    """Submissions, newest first."""

    submissions: tuple[SubmissionSummary, ...]
    next: str | None = Field(description="`cursor` of the next page; None on the last one")


class _Waiting(Said):
    id: int
    problem: str
    state: State
    position: int | None = Field(
        description="how many are taken before it; None when not queued, or not counted yet"
    )
    reason: str | None = Field(description="why it waits, when that is not the queue")
    attempts: int = Field(description="how often judging it has begun")
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    source: str


class Submission(_Waiting, json_schema_extra=shown(examples.SUBMISSION)):
    """One submission; `judgement` is there when the state is judged."""

    judgement: Judgement | None


class Run(_Waiting, json_schema_extra=shown(examples.RUN)):
    """One run, kept for 24 hours: a judgement of the samples, or a trial of one's own input."""

    args: list[object] | None
    stdin: str | None
    judgement: Judgement | None
    trial: Trial | None
