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
