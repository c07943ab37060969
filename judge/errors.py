"""Every exception of ours, drawn as a tree; what a contestant's program does is never one of them.

JudgeError
├── RequestError              the caller asked for something impossible        → exit code 2
│   ├── UnknownProblem
│   ├── SourceRefused         the file is not something that can be submitted
│   └── SetupError            this machine is not ready, and how to make it so
│       ├── ImageMissing
│       └── ImageOutdated
├── ProblemError              a problem package is malformed; names file and key → exit code 2
└── InfrastructureError       the judge failed, not the contestant             → JE
    ├── EngineUnavailable     no container engine answers            → before judging: exit code 2
    ├── NoSpaceLeft
    ├── MalformedHeader       a supervisor or grader said something it never says
    ├── GraderFailed          the grader's container died or went silent
    └── TestFault             the problem's own tests are at fault; tells the author where
"""

from collections.abc import Sequence


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
    """The grader's container died, went silent or could not be started."""


class TestFault(InfrastructureError):
    """A problem's own tests failed, for the reference too; the text is for the author."""

    __test__ = False

    def __init__(self, problem: str, test: str, detail: str) -> None:
        super().__init__(f"the tests of '{problem}' are at fault in {test}:\n{detail}")
        self.problem = problem
        self.test = test
        self.detail = detail
