"""The judge's memory: learners, submissions, judgements and events in one SQLite file."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from judge.address import make_data_dir
from judge.store.database import NAME, Database
from judge.store.events import Events
from judge.store.judgements import Judgements
from judge.store.learners import ME, KeyKind, Learners
from judge.store.records import (
    Chosen,
    Event,
    Fate,
    ImageFacts,
    Judged,
    Kind,
    Outcome,
    Proposal,
    Rejudge,
    Report,
    Reported,
    Round,
    Standing,
    Submission,
    Summary,
    Wanted,
    Worker,
)
from judge.store.rejudges import Rejudges
from judge.store.reports import Reports
from judge.store.service import Service
from judge.store.submissions import Filter, Submissions

__all__ = [
    "ME",
    "Chosen",
    "Database",
    "Event",
    "Fate",
    "Filter",
    "ImageFacts",
    "Judged",
    "KeyKind",
    "Kind",
    "Outcome",
    "Proposal",
    "Rejudge",
    "Report",
    "Reported",
    "Round",
    "Standing",
    "Store",
    "Submission",
    "Summary",
    "Wanted",
    "Worker",
    "open_store",
]


@dataclass(frozen=True, slots=True)
class Store:
    """All tables of one database."""

    database: Database
    submissions: Submissions
    judgements: Judgements
    events: Events
    learners: Learners
    service: Service
    rejudges: Rejudges
    reports: Reports


@contextlib.contextmanager
def open_store(data_dir: Path, *, migrate: bool = False) -> Iterator[Store]:
    """Give the store of a data directory, made or brought up to date with `migrate`.

    Raises:
        StoreError: it cannot be read or written; says why and what to do.
        DatabaseTooNew: a newer version of this project wrote it.
    """
    make_data_dir(data_dir)
    database = Database(data_dir / NAME)
    with contextlib.closing(database):
        if migrate:
            database.migrate()
        yield Store(
            database,
            Submissions(database),
            Judgements(database),
            Events(database),
            Learners(database),
            Service(database),
            Rejudges(database),
            Reports(database),
        )
