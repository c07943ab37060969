"""A store on disk as the server has it, and what a worker would have done to it."""

import contextlib
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from sqlalchemy import event, update

from judge.model import Verdict
from judge.queue import Queue
from judge.store import Judged, Outcome, Store, Submission, open_store, tables
from tests.builders import a_judgement, wanted

PAGE_BYTES = 4096


@contextlib.contextmanager
def new_store(folder: Path) -> Iterator[Store]:
    """A new database with its tables."""
    with open_store(folder / "data", migrate=True) as store:
        yield store


def judge_next(store: Store, outcome: Outcome | Verdict = Verdict.AC) -> int:
    """Judge the submission that is next, and return its id."""
    queue = Queue(store.database, "a worker")
    claim = queue.claim()
    assert claim is not None
    if isinstance(outcome, Verdict):
        outcome = Judged(a_judgement(outcome), "seeds")
    queue.finish(claim, outcome)
    return claim.submission.id


def a_judged(store: Store, learner: int, verdict: Verdict = Verdict.AC) -> Submission:
    """A submission that has been judged."""
    accepted = store.submissions.accept(learner, wanted())
    assert judge_next(store, verdict) == accepted.id
    return store.submissions.get(learner, accepted.wanted.kind, accepted.id)


def set_times(store: Store, submission_id: int, **times: datetime | None) -> None:
    """Write moments into a submission's row: they are the only thing time changes."""
    changed = update(tables.submissions).where(tables.submissions.c.id == submission_id)
    with store.database.write() as connection:
        connection.execute(changed.values(**times))


@contextlib.contextmanager
def full_disk(store: Store) -> Iterator[Callable[[], None]]:
    """Let the database grow no further while the block lasts, or until it is called."""
    engine = store.database.engine
    with store.database.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def bounded(connection, _record) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages}").close()

    event.listen(engine, "connect", bounded)
    engine.dispose()

    def space_again() -> None:
        if event.contains(engine, "connect", bounded):
            event.remove(engine, "connect", bounded)
            engine.dispose()

    try:
        yield space_again
    finally:
        space_again()
