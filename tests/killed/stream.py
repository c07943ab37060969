"""A client that goes on submitting, whatever is killed, and remembers what it was told."""

import random
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from judge import wire
from judge.address import read_address, read_token
from judge.client import Client, connect
from judge.errors import ServerError
from judge.model import Verdict
from tests.conftest import BUNDLED_PROBLEMS

PAUSE_SECONDS = 0.05
BY_LABEL = {
    "accepted": Verdict.AC,
    "wrong_answer": Verdict.WA,
    "time_limit_exceeded": Verdict.TLE,
    "memory_limit_exceeded": Verdict.MLE,
    "run_time_error": Verdict.RE,
    "compile_error": Verdict.CE,
}
# Those of the packages of profile `python` that take a few seconds at most.
SUBMITTED = (
    "score-pair-sum/submissions/accepted/one_pass.py",
    "score-pair-sum/submissions/accepted/with_numpy.py",
    "score-pair-sum/submissions/compile_error/other_name.py",
    "score-pair-sum/submissions/memory_limit_exceeded/table_of_all_sums.py",
    "score-pair-sum/submissions/run_time_error/stumbles_over_empty_list.py",
    "score-pair-sum/submissions/time_limit_exceeded/double_loop.py",
    "score-pair-sum/submissions/wrong_answer/pairs_with_itself.py",
    "score-pair-sum/submissions/wrong_answer/returns_values.py",
    "lru-model-cache/submissions/accepted/ordered_dict.py",
    "lru-model-cache/submissions/run_time_error/pops_from_an_empty_cache.py",
    "lru-model-cache/submissions/wrong_answer/counts_entries.py",
)


@dataclass(frozen=True)
class Labelled:
    """A source and what must be said of it."""

    problem: str
    source: str
    verdict: Verdict


def labelled(name: str) -> Labelled:
    """Read one of SUBMITTED; its folder is its label."""
    path = BUNDLED_PROBLEMS / name
    problem, _, _ = name.partition("/")
    return Labelled(problem, path.read_text(), BY_LABEL[path.parent.name])


@dataclass
class Stream:
    """Submits one source after the other. `accepted` is by the ids that the server gave."""

    data_dir: Path
    random: random.Random
    waiting: int  # as many as wait at most, for all have to be judged in the end
    accepted: dict[int, Labelled] = field(default_factory=dict)
    repeated: int = 0  # accepted only when asked again
    trouble: str | None = None
    _stopping: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def flowing(self) -> Iterator[None]:
        """Submit while the block lasts; afterwards whatever was begun has been accepted."""
        submitting = threading.Thread(target=self._run)
        submitting.start()
        try:
            yield
        except BaseException:
            self.trouble = self.trouble or "given up"  # no server may ever come back
            raise
        finally:
            self._stopping.set()
            submitting.join()

    def _run(self) -> None:
        """Submit one after the other, keeping a few in the queue."""
        choice = [labelled(name) for name in SUBMITTED]
        while not self._stopping.is_set() and self.trouble is None:
            if not self._submit(self.random.choice(choice)):
                return
            while self._waiting() >= self.waiting and not self._stopping.wait(PAUSE_SECONDS):
                pass

    def _submit(self, what: Labelled) -> bool:
        """Submit until it is accepted, with the same key each time; False when it is refused."""
        new = wire.NewSubmission(
            problem=what.problem, source=what.source, key=secrets.token_urlsafe(16)
        )
        tries = 1
        while (given := self._accepted(new)) is None:
            if self.trouble is not None:
                return False
            # Not given up when told to stop: it may have been accepted, and nobody heard.
            time.sleep(PAUSE_SECONDS)
            tries += 1
        self.repeated += tries > 1
        if given in self.accepted:
            self.trouble = f"two submissions were given the number {given}"
        self.accepted[given] = what
        return True

    def _accepted(self, new: wire.NewSubmission) -> int | None:
        try:
            with self._client() as client:
                return client.submit(new).id
        except ServerError as error:
            if error.status not in {None, 503}:
                self.trouble = f"refused: {error}"
            return None

    def _waiting(self) -> int:
        try:
            with self._client() as client:
                return client.readiness().queued
        except ServerError:
            return self.waiting

    def _client(self) -> AbstractContextManager[Client]:
        address = read_address(self.data_dir)
        if address is None:
            raise ServerError("no server runs just now")
        return connect(address.url, read_token(self.data_dir))
