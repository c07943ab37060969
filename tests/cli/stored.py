"""A data directory with judged submissions of the bank's problem, for commands that read it."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from judge.bootstrap.local import seed_key, seeds_of
from judge.model import Judgement, Verdict
from judge.settings import Settings
from judge.store import ME, Judged, Store, Submission, open_store
from tests.builders import a_judgement, wanted
from tests.stored import judge_next


@dataclass(frozen=True)
class Stored:
    """The data directory; opened anew each time, as commands do."""

    folder: Path

    @contextlib.contextmanager
    def open(self) -> Iterator[Store]:
        with open_store(self.folder, migrate=True) as store:
            yield store

    def judged(self, source: str, judgement: Judgement | None = None, problem="double") -> int:
        """Store a submission with its judgement, made with the seeds of this place."""
        seeds = seeds_of(seed_key(Settings(self.folder, ())))
        with self.open() as store:
            me = store.learners.named(ME)
            accepted = store.submissions.accept(me, wanted(problem, source=source))
            judge_next(store, Judged(judgement or a_judgement(Verdict.WA), seeds))
        return accepted.id

    def submission(self, submission_id: int) -> Submission:
        with self.open() as store:
            return store.submissions.of_anybody(submission_id)

    def verdicts(self, submission_id: int) -> list[Verdict]:
        """All there have been, the newest first."""
        with self.open() as store:
            return [one.judgement.verdict for one in store.judgements.rounds(submission_id)]


def stored_at(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Stored:
    monkeypatch.setenv("JUDGE_DATA", str(folder))
    return Stored(folder)
