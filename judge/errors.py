"""Every exception of ours, drawn as a tree; what a contestant's program does is never one of them.

JudgeError
├── RequestError              the caller asked for something impossible        → exit code 2
│   ├── UnknownProblem
│   ├── UnknownPitfall
│   ├── UnknownSubmission
│   ├── NothingToCancel       it has been judged already
│   ├── NotJudged             it has no verdict that one could do something about
│   ├── NoReport              nobody has reported the verdict of that submission
│   ├── UnknownRejudge
│   ├── QueueFull             of one learner
│   ├── SourceRefused         the file is not something that can be submitted
│   └── SetupError            this machine is not ready, and how to make it so
│       ├── ImageMissing
│       ├── ImageOutdated
│       ├── DataDirectoryTaken   another judge serves it
│       └── DatabaseTooNew
├── StoreError                the judge cannot write down or read what it must → exit code 2
│   ├── StoreFull
│   └── StoreReadOnly
├── ServerError               a server refused, or does not answer             → exit code 2
├── Abandoned                 a submission is no longer this worker's
├── ProblemError              a problem package is malformed; names file and key → exit code 2
└── InfrastructureError       the judge failed, not the contestant             → JE
    ├── EngineUnavailable     no container engine answers            → before judging: exit code 2
    ├── NoSpaceLeft
    ├── MalformedHeader       a supervisor or grader said something it never says
    ├── GraderFailed          the grader broke or went silent
    ├── ContainerLost         one of ours was killed; bears more tries than the others
    └── TestFault             the problem's own tests are at fault; tells the author where
        └── SilentTest        one is busy for ever, with what it was given or by itself
"""

from collections.abc import Sequence
from pathlib import Path


class JudgeError(Exception):
    """Anything this project raises on purpose; its text is a message for a person."""


class RequestError(JudgeError):
    """The caller asked for something that cannot be done."""


class UnknownProblem(RequestError):
    """No problem folder of that name; suggests the nearest ones."""

    def __init__(self, slug: str, similar: Sequence[str] = ()) -> None:
        hint = (
            f"; did you mean {' or '.join(similar)}?"
            if similar
            else "; `judge problems` lists them"
        )
        super().__init__(f"unknown problem '{slug}'{hint}")
        self.slug = slug


class UnknownPitfall(RequestError):
    """No pitfall of that name; suggests the nearest ones."""

    def __init__(self, name: str, similar: Sequence[str] = ()) -> None:
        hint = (
            f"; did you mean {' or '.join(similar)}?" if similar else "; `judge pitfall` lists them"
        )
        super().__init__(f"unknown pitfall '{name}'{hint}")


class UnknownSubmission(RequestError):
    """There is no such submission, or it is somebody else's."""

    def __init__(self, submission_id: int) -> None:
        super().__init__(f"there is no submission {submission_id}; `judge history` lists yours")


class NothingToCancel(RequestError):
    """The submission has been judged."""

    def __init__(self, submission_id: int) -> None:
        super().__init__(f"submission {submission_id} has been judged; there is nothing to cancel")


class NotJudged(RequestError):
    """A submission has no judgement yet, or was cancelled."""

    def __init__(self, submission_id: int) -> None:
        super().__init__(f"submission {submission_id} has not been judged; it has no verdict")


class NoReport(RequestError):
    """There is no report of a submission's verdict."""

    def __init__(self, submission_id: int) -> None:
        super().__init__(f"the verdict of submission {submission_id} has not been reported")


class UnknownRejudge(RequestError):
    """There is no set of proposed judgements of that number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"there is no set {number} of proposed judgements")


class QueueFull(RequestError):
    """A learner has as many submissions waiting as one may have."""

    def __init__(self, most: int) -> None:
        super().__init__(f"{most} submissions of yours are waiting already; try again later")


class SourceRefused(RequestError):
    """The source can never be a submission: empty, binary, not UTF-8 or too large."""


class SetupError(RequestError):
    """This machine is not ready; the text names what is missing and the cure."""


class ImageMissing(SetupError):
    """The image of a profile is not on the engine."""

    def __init__(self, profile: str) -> None:
        super().__init__(
            f"the image for profile '{profile}' is missing; "
            f"build it with `judge image build {profile}`"
        )
        self.profile = profile


class ImageOutdated(SetupError):
    """The image of a profile was built by another version of this project."""

    def __init__(self, profile: str, found: str, wanted: str) -> None:
        super().__init__(
            f"the image for profile '{profile}' was built by another version "
            f"(runner {found}, this is {wanted}); rebuild it with `judge image build {profile}`"
        )
        self.profile = profile


class DataDirectoryTaken(SetupError):
    """Another judge serves this data directory."""


class DatabaseTooNew(SetupError):
    """A newer version of this project wrote the database."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} was written by a newer version of the judge; use that version, "
            "or another data directory (JUDGE_DATA)"
        )


class StoreError(JudgeError):
    """The judge's memory fails; the text names the file."""


class StoreFull(StoreError):
    """The disk is full."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot grow ({reason}); free some space on its disk")


class StoreReadOnly(StoreError):
    """What must be written cannot be."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} cannot be written ({reason}); make it writable, "
            "or name another data directory (JUDGE_DATA)"
        )


class ServerError(JudgeError):
    """A server refused a request or does not answer; the text is the server's."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class Abandoned(JudgeError):
    """A submission was cancelled, or is judged by somebody else by now."""


class ProblemError(JudgeError):
    """A problem package is malformed; the text names the file and the key."""


class InfrastructureError(JudgeError):
    """The judge failed, not the contestant; becomes JE in the worker and nowhere else."""


class EngineUnavailable(InfrastructureError):
    """No container engine answers, or it does not let us in."""


class NoSpaceLeft(InfrastructureError):
    """The engine ran out of disk."""


class MalformedHeader(InfrastructureError):
    """A supervisor or a grader sent a header that ours never send."""


class GraderFailed(InfrastructureError):
    """The grader broke, went silent or could not be started."""


class ContainerLost(InfrastructureError):
    """A container of ours went away under us, as when somebody kills it or its engine."""


class TestFault(InfrastructureError):
    """A problem's own tests failed, for the reference too; the text is for the author."""

    __test__ = False

    def __init__(self, problem: str, test: str, detail: str) -> None:
        super().__init__(f"the tests of '{problem}' are at fault in {test}:\n{detail}")
        self.problem = problem
        self.test = test
        self.detail = detail


class SilentTest(TestFault):
    """A test thought for longer than any may; who is to blame, the reference tells."""
