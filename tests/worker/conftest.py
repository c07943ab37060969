"""A worker in a thread, with a fake judge, a store of its own, and no patience."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from judge.catalog import Catalog
from judge.model import State
from judge.queue import Queue
from judge.settings import Settings
from judge.store import ME, Kind, Store, Submission
from judge.worker import Judging, Loop, loop
from tests.builders import HIDDEN, SOURCE, a_package, wanted
from tests.fakes import FakeJudge
from tests.stored import new_store
from tests.waiting import eventually

Working = Callable[..., AbstractContextManager[Loop]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        yield store


@pytest.fixture
def me(store: Store) -> int:
    return store.learners.named(ME)


@pytest.fixture
def fake() -> FakeJudge:
    return FakeJudge()


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    files = {"submissions/accepted/a.py": SOURCE, "tests/test_samples.py": HIDDEN}
    a_package(tmp_path / "bank", files=files)
    return tmp_path / "bank"


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses that exist for a machine's sake, cut short."""
    monkeypatch.setattr(loop, "IDLE_SECONDS", 0.05)
    monkeypatch.setattr(loop, "KNOCK_SECONDS", 0.2)
    monkeypatch.setattr(loop, "IMAGE_SECONDS", 0.2)
    monkeypatch.setattr(loop, "BEAT_SECONDS", 0.1)


@pytest.fixture
def working(store: Store, fake: FakeJudge, bank: Path, tmp_path: Path) -> Working:
    """Have a worker work while the block lasts."""

    @contextlib.contextmanager
    def work(threads: int = 1, hint: Callable[[], None] = lambda: None) -> Iterator[Loop]:
        worker = Loop(
            store=store,
            queue=Queue(store.database, "the worker"),
            judging=Judging(Catalog((bank,)), "seeds"),
            open_judge=lambda: fake.open(Settings(tmp_path, (bank,))),
            name="the worker",
            hint=hint,
        )
        before = set(threading.enumerate())
        running = threading.Thread(target=worker.run, args=(threads,))
        running.start()
        try:
            yield worker
        finally:
            worker.stop()
            running.join()
            for thread in set(threading.enumerate()) - before:
                if thread.name.startswith("judge-"):
                    thread.join(10)
                    assert not thread.is_alive()

    return work


Submit = Callable[..., int]


@pytest.fixture
def submit(store: Store, me: int) -> Submit:
    def submitted(problem: str = "double", kind: Kind = Kind.SUBMISSION, **changed: object) -> int:
        return store.submissions.accept(me, wanted(problem, kind, **changed)).id

    return submitted


Until = Callable[..., Submission]


@pytest.fixture
def until(store: Store, me: int) -> Until:
    """Wait until a submission is in a state, and return it."""

    def waited(
        submission_id: int,
        state: State = State.JUDGED,
        kind: Kind = Kind.SUBMISSION,
        reason: str | None = None,
    ) -> Submission:
        def there() -> Submission | None:
            found = store.submissions.get(me, kind, submission_id)
            return found if (found.state, found.reason) == (state, reason) else None

        return eventually(there)

    return waited
