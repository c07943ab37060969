"""The search for the smallest input a submission fails for, whatever test it was that failed.

The package's `inputs.strategy()` is tried on fresh inputs, the same for everybody, and what fails
is shrunk by Hypothesis. The hidden case itself is never used. What the submission answered on the
way is compared with the package's wrong submissions that stand for a misconception: the one that
answered all of it alike says what the misconception is.
"""

import contextlib
import hashlib
import hmac
import importlib
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import hypothesis
from hypothesis import Phase

from judge.proxy.caller import History, Remote
from judge.proxy.channel import BadReply, MissingEntry, Stopped
from judge.proxy.rebuilt import RemoteError
from judge.proxy.solution import Interface, ProgramSolution, Solution
from judge.testing import explain
from judge.testing.agreement import agree
from judge.testing.reference import Reference
from judge.testing.rendering import value_text

MAX_CALLS = 2_000
SECONDS = 5.0  # a safety net; an example found by then may not be the smallest
HINT_SECONDS = 2.0
MAX_KEPT = 60  # answers a misconception must have given, too: half of them wrong ones
Subject = Solution | ProgramSolution
Found = dict[str, Any]
_OF_CHANNEL = (BadReply, MissingEntry, Stopped)  # which no `except Exception` catches, either


class _Enough(BaseException):
    """Time or calls are used up; no package's `except Exception` catches it."""


class _Fails(Exception):
    """What Hypothesis shrinks."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking once: a value, or the name of the builtin exception that was raised."""

    value: Any = None
    raised: str | None = None


_STOPPED = Answer(raised="stopped")


@dataclass(frozen=True, slots=True)
class _Tried:
    args: tuple[Any, ...]
    answer: Answer
    history: History
    fails: bool


class Package:
    """What a package says of inputs: `strategy`, and where it likes `ask` and `compare`.

    `ask(solution, *args)` returns what counts as the answer to an input; without it, the first
    entry point is called, or the program run and its stdout taken. `compare(found, right, *args)`
    raises AssertionError when an answer is wrong; without it, answers must agree with the
    reference's.
    """

    def __init__(self, inputs: ModuleType, interface: Interface) -> None:
        self.strategy: Callable[[], Any] | None = getattr(inputs, "strategy", None)
        self._ask = getattr(inputs, "ask", None) or _usual(interface)
        self._compare = getattr(inputs, "compare", None) or _agree

    def right(self, reference: Subject, args: tuple[Any, ...]) -> Answer:
        """Ask the reference; whatever else than its own exception is raised is the package's."""
        try:
            return Answer(self._ask(reference, *args))
        except RemoteError as error:
            return Answer(raised=_raised(error))

    def answer(self, subject: Subject, args: tuple[Any, ...]) -> Answer:
        """Ask a submission, whose answer may make `ask` stumble; raise Stopped when it is gone."""
        try:
            return self.right(subject, args)
        except Stopped:
            raise
        except (Exception, *_OF_CHANNEL) as error:  # noqa: BLE001 (the reference did answer)
            return Answer(raised=type(error).__name__)

    def is_wrong(self, found: Answer, right: Answer, args: tuple[Any, ...]) -> bool:
        """Whether an answer is wrong, given the reference's."""
        if found.raised or right.raised:
            return found.raised != right.raised
        try:
            self._compare(found.value, right.value, *args)
        except (Exception, *_OF_CHANNEL):  # noqa: BLE001 (what makes a check stumble is wrong, …)
            self._compare(right.value, right.value, *args)  # … unless the reference's does, too
            return True
        return False


def alike(one: Answer, other: Answer) -> bool:
    """Whether two answers are the same."""
    return one.raised == other.raised and agree(one.value, other.value)


class Hunt:
    """One search, for one submission.

    Without `shrink`, because a smallest input is known, it only looks for answers to tell known
    mistakes by.
    """

    def __init__(
        self,
        fresh_process: Callable[[], Remote | None],
        interface: Interface,
        reference: Reference,
        seed_key: bytes,
        *,
        shrink: bool,
    ) -> None:
        """Store who is asked, and the secret that makes all learners meet the same inputs."""
        self._fresh_process, self._interface, self._reference = fresh_process, interface, reference
        self._seed_key, self._shrink = seed_key, shrink
        self._until = time.monotonic() + SECONDS
        self._calls = 0
        self._kept: list[_Tried] = []
        self._best: _Tried | None = None
        self._minimal = False

    def run(self, misconceptions: Iterator[tuple[Reference, str]]) -> Found:
        """Return `counterexample`, `hint` and `trouble`, each None where there is none.

        `trouble` is a fault of the package for its author, never for a learner.
        """
        found: Found = dict.fromkeys(("counterexample", "hint", "trouble"))
        try:
            self._package = Package(importlib.import_module("inputs"), self._interface)
            with _no_longer_than(SECONDS + HINT_SECONDS):
                self._renew()
                self._look()
                found["counterexample"] = self._counterexample()
                found["hint"] = self._hint(misconceptions)
        except _Enough:
            pass
        except (Exception, *_OF_CHANNEL):  # noqa: BLE001 (the author's code, whatever it raises)
            found["trouble"] = traceback.format_exc()[-explain.MAX_DETAIL :]
        return found

    def _look(self) -> None:
        if self._package.strategy is None:
            return
        digest = hmac.new(self._seed_key, b"the smallest input", hashlib.sha256).digest()
        phases = (Phase.generate, Phase.shrink) if self._shrink else (Phase.generate,)

        @hypothesis.seed(int.from_bytes(digest[:8], "big"))
        @hypothesis.settings(max_examples=MAX_CALLS, phases=phases, database=None)
        @hypothesis.given(self._package.strategy())
        def probe(example: Any) -> None:
            self._try(example if isinstance(example, tuple) else (example,))

        try:
            probe()
        except _Fails:
            self._minimal = self._shrink
        except (_Enough, hypothesis.errors.Flaky):  # who answers now so, now so has no smallest
            pass

    def _renew(self) -> None:
        """Go on with a process in which nothing has been used up yet."""
        remote = self._fresh_process()
        if remote is None:
            raise _Enough
        self._remote, self._solution = remote, self._interface.solution(remote)

    def _try(self, args: tuple[Any, ...]) -> None:
        self._calls += 1
        if self._calls > MAX_CALLS or time.monotonic() > self._until:
            raise _Enough
        right = self._package.right(self._reference.fresh(), args)
        answer = self._answer(args)
        fails = answer is _STOPPED or self._package.is_wrong(answer, right, args)
        self._note(_Tried(args, answer, self._remote.history, fails))
        if answer is _STOPPED:
            self._renew()
        if fails:
            raise _Fails

    def _answer(self, args: tuple[Any, ...]) -> Answer:
        """Ask; what ends its process is asked again alone, as earlier calls may have been why."""
        for alone in (False, True):
            if alone:
                self._renew()
            self._remote.history = History()
            with contextlib.suppress(Stopped):
                return self._package.answer(self._solution, args)
        return _STOPPED

    def _note(self, tried: _Tried) -> None:
        alike = [one for one in self._kept if one.fails == tried.fails]
        if tried.answer is not _STOPPED and len(alike) < MAX_KEPT // 2:
            self._kept.append(tried)
        if tried.fails and (self._best is None or _size(tried) <= _size(self._best)):
            self._best = tried

    def _counterexample(self) -> dict[str, Any] | None:
        if self._best is None or not self._shrink:
            return None
        shown = explain.counterexample(self._best.history, self._reference.fresh())
        return None if shown is None else shown | {"minimal": self._minimal}

    def _hint(self, misconceptions: Iterator[tuple[Reference, str]]) -> str | None:
        """Return the misconception whose submission answers like this one, wrong and right."""
        if not any(tried.fails for tried in self._kept):
            return None
        return next((text for wrong, text in misconceptions if self._answers_like(wrong)), None)

    def _answers_like(self, wrong: Reference) -> bool:
        for tried in self._kept:
            try:
                if not alike(self._package.answer(wrong.fresh(), tried.args), tried.answer):
                    return False
            except (Exception, *_OF_CHANNEL):  # noqa: BLE001 (whatever it does, it is not alike)
                return False
        return True


def _raised(error: RemoteError) -> str:
    return next(iter(error.described.get("builtins") or ()), "Exception")


def _agree(found: Any, right: Any, *_: Any) -> None:
    if not agree(found, right):
        raise AssertionError


def _usual(interface: Interface) -> Callable[..., Any]:
    if interface.program:
        return lambda program, stdin: program.run(stdin).stdout
    return lambda solution, *args: getattr(solution, interface.entry[0])(*args)


def _size(tried: _Tried) -> tuple[int, str]:
    text = value_text(tried.args)
    return len(text), text


@contextlib.contextmanager
def _no_longer_than(seconds: float) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise _Enough

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
