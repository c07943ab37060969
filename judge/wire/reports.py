"""Reports of verdicts as JSON."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from judge.model import Verdict
from judge.wire.base import Asked, Said
from judge.wire.examples import Example, shown

MAX_TEXT = 4_000
_TEXT = "Both pairs add up, and the statement allows any of them."
_REPORT: Example = {
    "submission_id": 12,
    "verdict": "WA",
    "text": _TEXT,
    "created_at": "2026-01-05T10:05:00.250000Z",
    "closed_at": None,
}
Text = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MAX_TEXT,
        pattern=r"\S",
        description="what is wrong with the verdict, for the author of the problem",
    ),
]


class NewReport(Asked, json_schema_extra=shown({"text": _TEXT})):
    """What is wrong with a verdict; takes the place of what was said before."""

    text: Text


class Report(Said, json_schema_extra=shown(_REPORT)):
    """What was said of the verdict of a submission."""

    submission_id: int
    verdict: Verdict = Field(description="the one that was reported")
    text: str
    created_at: datetime
    closed_at: datetime | None = Field(description="when the author had dealt with it")
