"""Reports of verdicts: a learner says what is wrong, the author of the problem reads it."""

from fastapi import APIRouter

from judge import wire
from judge.api.documented import troubles
from judge.api.parts import PartsOf
from judge.api.submissions import Owned
from judge.store import Report

router = APIRouter(prefix="/api/submissions", tags=["submissions"])


@router.post("/{submission_id}/report", responses=troubles(401, 404, 409, 422, 503, writes=True))
def report(parts: PartsOf, submission: Owned, new: wire.NewReport) -> wire.Report:
    """Say what is wrong with the verdict of your submission, in place of what you said before.

    The author of the problem gets to read it with the source. A report that had been dealt with is
    open again.
    """
    return _said(parts.store.reports.report(submission, new.text))


@router.get("/{submission_id}/report", responses=troubles(401, 404, 422, 503))
def get_report(parts: PartsOf, submission: Owned) -> wire.Report:
    """Show what you said of a verdict, and whether it has been dealt with."""
    return _said(parts.store.reports.of(submission.id))


def _said(found: Report) -> wire.Report:
    return wire.Report.model_validate(found, from_attributes=True)
