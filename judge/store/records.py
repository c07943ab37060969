"""What the store hands out: frozen rows, without SQL."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from judge.model import Judgement, State, Trial, Verdict


class Kind(StrEnum):
    """A submission stays; a run is forgotten after a day."""

    SUBMISSION = "submission"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants judged, as it was accepted."""

    kind: Kind
    problem: str
    source: str
    args: list[object] | None = None
    stdin: str | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """A row of `submissions` with its source."""

    id: int
    learner_id: int
    wanted: Wanted
    state: State
    reason: str | None
    attempts: int
    crashes: int
    round: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Summary:
    """A row of a list."""

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


@dataclass(frozen=True, slots=True)
class Judged:
    """What is recorded of a judging, with a fingerprint of the secret its seeds come from."""

    judgement: Judgement
    seeds: str


Outcome = Judged | Trial  # a trial is what comes of a run with an input of one's own


@dataclass(frozen=True, slots=True)
class Round:
    """A judgement among all that a submission has had; the highest number is the current one."""

    number: int
    created_at: datetime
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which submissions are judged anew; empty and None leave a part open."""

    ids: tuple[int, ...] = ()
    problem: str | None = None
    verdict: Verdict | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What two judgements of a submission are compared by, and what they were made of."""

    verdict: Verdict
    points: int
    max_points: int
    problem_version: str
    machine: str


class Fate(StrEnum):
    """What became of a proposal when its set was applied."""

    APPLIED = "applied"
    OVERTAKEN = "overtaken"  # its submission has got another judgement meanwhile
    FAILED = "failed"  # the judge failed at it, which supersedes nothing


@dataclass(frozen=True, slots=True)
class Proposal:
    """A judgement that would supersede the current one of a submission; None until judged."""

    submission_id: int
    learner: str
    problem: str
    old: Standing
    new: Standing | None
    fate: Fate | None

    @property
    def changes(self) -> bool:
        """Whether verdict or points would be others."""
        new = self.new
        if new is None:
            return False
        old = self.old
        return (new.verdict, new.points, new.max_points) != (
            old.verdict,
            old.points,
            old.max_points,
        )


@dataclass(frozen=True, slots=True)
class Rejudge:
    """A set of proposals, by submission."""

    id: int
    created_at: datetime
    applied_at: datetime | None
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a learner says of the verdict of a submission, one for each."""

    submission_id: int
    verdict: Verdict
    text: str
    created_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reported:
    """A report with what its author needs to look into it."""

    report: Report
    problem: str
    source: str
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a submission; ids grow."""

    id: int
    submission_id: int
    kind: str
    data: dict[str, object]


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What is in the image of a profile, as a worker saw it last."""

    profile: str
    digest: str
    python: str
    libraries: dict[str, str]


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker that said something lately."""

    name: str
    seen_at: datetime
    trouble: str | None
