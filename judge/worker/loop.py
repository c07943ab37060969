"""The worker's threads: each has a judge of its own and takes one submission after the other.

Another thread keeps the leases, watches for what dead workers left, and says that the worker lives.
While no engine answers nothing is claimed; what had been goes back into the queue.
"""

import contextlib
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from judge.errors import (
    Abandoned,
    EngineUnavailable,
    ImageMissing,
    ImageOutdated,
    InfrastructureError,
    SetupError,
    StoreError,
)
from judge.queue import Claim, Queue, Told
from judge.store import Judged, Outcome, Store
from judge.worker.base import Judge, OpenJudge
from judge.worker.one import Judging
from judge.worker.telling import Teller

IDLE_SECONDS = 1.0  # a look at the queue without a hint
KNOCK_SECONDS = 5.0  # between two looks for the engine
IMAGE_SECONDS = 15.0  # and for an image: each look is a claim, and two events
HOUSEKEEPING = 120  # every so many beats
BEAT_SECONDS = 5.0
STARTING = "the worker is starting"  # until it has met an engine, nobody is told that all is well
_log = logging.getLogger(__name__)


@dataclass
class Loop:
    """One worker. `hint` is called whenever something was stored that others wait for."""

    store: Store
    queue: Queue
    judging: Judging
    open_judge: OpenJudge
    name: str
    hint: Callable[[], None] = lambda: None
    _stopping: threading.Event = field(default_factory=threading.Event)
    _news: threading.Condition = field(default_factory=threading.Condition)
    _hints: int = 0
    _trouble: str | None = STARTING
    _held: dict[int, Claim] = field(default_factory=dict)

    def run(self, threads: int) -> None:
        """Work until `stop`; raises nothing that the database can mend by itself."""
        self.store.service.arrive(self.name)
        self._say(STARTING)
        self.queue.take_back(all_others=True)
        workers = [
            threading.Thread(target=self._work, name=f"judge-{number}", daemon=True)
            for number in range(threads)
        ]
        for one in workers:
            one.start()
        beat = 0
        while not self._stopping.wait(BEAT_SECONDS):
            beat += 1
            self._beat(housekeeping=beat % HOUSEKEEPING == 1)

    def wake(self) -> None:
        """Look at the queue now."""
        with self._news:
            self._hints += 1
            self._news.notify_all()

    def stop(self) -> None:
        """Stop claiming and give back what is being judged."""
        self._stopping.set()
        self.wake()
        for claim in list(self._held.values()):
            with contextlib.suppress(Abandoned, StoreError):
                self.queue.release(claim, "the judge was stopped", 0)
        with contextlib.suppress(StoreError):
            self.store.service.leave(self.name)

    def _beat(self, *, housekeeping: bool) -> None:
        try:
            self.hint()  # a worker that says nothing is taken for one that hangs
            self.queue.renew()
            self.store.service.report(self.name, self._trouble)
            if self.queue.take_back():
                self.wake()
            if housekeeping:
                self.store.events.forget()
                self.store.submissions.forget_runs()
                self.store.learners.forget_old_keys()
        except StoreError as error:
            _log.warning("%s", error)

    def _work(self) -> None:
        """Judge for as long as there is an engine, then look for one."""
        while not self._stopping.is_set():
            try:
                with self.open_judge() as judge:
                    self._say(None)
                    self._serve(judge)
            except (InfrastructureError, SetupError) as error:
                self._say(str(error))
                self._stopping.wait(IDLE_SECONDS)
            except Exception:  # noqa: BLE001 (a thread that ends would never be missed)
                _log.exception("a thread of the worker begins anew")
                self._stopping.wait(IDLE_SECONDS)

    def _serve(self, judge: Judge) -> None:
        idle = 0.0
        while not self._stopping.is_set():
            heard = self._hints
            claim = self._claim()
            if claim is not None:
                idle = 0.0
                self._judge(judge, claim)
                continue
            if not self._wait(heard):
                idle += IDLE_SECONDS
            if idle >= KNOCK_SECONDS:
                idle = 0.0
                judge.check()

    def _wait(self, heard: int) -> bool:
        """Return whether somebody called since `heard`, having waited for it a little."""
        with self._news:
            return self._news.wait_for(lambda: self._hints != heard, IDLE_SECONDS)

    def _claim(self) -> Claim | None:
        try:
            claim = self.queue.claim()
        except StoreError as error:
            _log.warning("%s", error)
            return None
        if claim is not None:
            self._held[claim.submission.id] = claim
            self.hint()
        return claim

    def _judge(self, judge: Judge, claim: Claim) -> None:
        """Have one submission judged and the outcome recorded."""
        try:
            with Teller(self.queue, claim, self.hint) as teller:
                outcome = self.judging.outcome(judge, claim.submission, teller)
                self._record(claim, outcome, teller.rest())
        except Abandoned as error:
            _log.info("%s", error)
        except (ImageMissing, ImageOutdated) as error:
            # Others may need another image; who needs this one is told, and waits.
            self._give_back(claim, str(error), IMAGE_SECONDS)
        except (EngineUnavailable, SetupError) as error:
            self._give_back(claim, str(error), KNOCK_SECONDS)
            raise
        finally:
            self._held.pop(claim.submission.id, None)
            self.hint()

    def _record(self, claim: Claim, outcome: Outcome, told: Sequence[Told]) -> None:
        """Record an outcome, however long the disk is full; raise Abandoned if it is void."""
        while True:
            try:
                self.queue.finish(claim, outcome, told)
            except StoreError as error:
                _log.warning("submission %d has to wait: %s", claim.submission.id, error)
                if self._stopping.wait(IDLE_SECONDS):
                    return
            except Abandoned:
                raise
            except Exception:
                # Or its lease would be renewed for ever, and nobody would judge it.
                _log.exception("what came of %d cannot be written down", claim.submission.id)
                failure = self.judging.failure(claim.submission.wanted.problem)
                if outcome == failure:
                    raise
                outcome = failure
            else:
                _log.info("submission %d: %s", claim.submission.id, _words(outcome))
                return

    def _give_back(self, claim: Claim, reason: str, delay_seconds: float) -> None:
        with contextlib.suppress(Abandoned, StoreError):
            self.queue.release(claim, reason, delay_seconds)

    def _say(self, trouble: str | None) -> None:
        if trouble != self._trouble:
            _log.warning("%s", trouble or "ready to judge")
        self._trouble = trouble
        with contextlib.suppress(StoreError):
            self.store.service.report(self.name, trouble)
        self.hint()


def _words(outcome: Outcome) -> str:
    if isinstance(outcome, Judged):
        judgement = outcome.judgement
        return f"{judgement.problem} {judgement.verdict}, {judgement.judging_seconds:.2f} s"
    return "tried"
