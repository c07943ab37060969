"""Problems as JSON."""

from enum import StrEnum

from pydantic import Field

from judge.wire import examples
from judge.wire.base import Said
from judge.wire.examples import shown


class Progress(StrEnum):
    """How far whoever asks has come with a problem."""

    NEW = "new"
    TRIED = "tried"
    SOLVED = "solved"


class ProblemSummary(Said, json_schema_extra=shown(examples.PROBLEM)):
    """A problem in a list."""

    problem: str = Field(description="its slug")
    title: str
    kind: str = Field(description="function, class, estimator, program or interactive")
    difficulty: str | None
    topics: tuple[str, ...]
    tags: tuple[str, ...]
    minutes: int | None
    profile: str
    version: str = Field(description="hash of the package")
    progress: Progress


class ProblemList(Said, json_schema_extra=shown({"problems": [examples.PROBLEM]})):
    """The problems that fit, by slug."""

    problems: tuple[ProblemSummary, ...]


class Limits(Said):
    """What one test may use."""

    cpu_seconds: float
    wall_seconds: float
    memory_mib: int
    output_kib: int
    value_kib: int


class Libraries(Said):
    """What a solution can import, with versions; None until an image has been seen."""

    python: str | None
    versions: dict[str, str | None]


class ProblemDetail(ProblemSummary, json_schema_extra=shown(examples.PROBLEM_DETAIL)):
    """A problem with everything a learner may read."""

    statement: str | None = Field(description="Markdown with TeX between dollar signs")
    starter: str
    samples: str | None = Field(description="the sample tests, pytest source")
    prelude: str | None = Field(description="source that runs before the solution, in its module")
    entry: tuple[str, ...]
    signatures: tuple[str, ...]
    forbidden: tuple[str, ...] = Field(description="names to do without, please")
    limits: Limits
    libraries: Libraries
