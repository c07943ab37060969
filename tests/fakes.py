"""Stand-ins for what needs a container engine; they answer with prepared values and keep notes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from judge.catalog import Problem
from judge.engine.line import StreamClosed
from judge.errors import GraderFailed, JudgeError
from judge.grading import Message, Spec
from judge.judging.events import (
    AttemptFailed,
    Listener,
    PhaseStarted,
    TestEnded,
    TestsCollected,
    nobody,
)
from judge.judging.shallow import shallow_solutions
from judge.model import Exit, Judgement, Limits, RunResult, Trial, Verdict
from judge.proxy.callee import Callee, load_request
from judge.proxy.caller import Remote
from judge.proxy.channel import Answer, Delivery, ProgramRun, Stopped
from judge.proxy.framing import Header
from judge.proxy.solution import Solution
from judge.proxy.structures import Adapter
from judge.sandbox.base import Order, Sent
from judge.settings import Settings
from tests.builders import a_judgement


@dataclass
class FakeJudge:
    """A judge whose answers are prepared: one for all sources, or one per source."""

    judgement: Judgement = field(default_factory=a_judgement)
    by_source: Mapping[str, Judgement] = field(default_factory=dict)
    trial: Trial | None = None
    fault: BaseException | None = None
    gone: JudgeError | None = None  # what `open` and `check` say of the engine
    meanwhile: Callable[[], None] = lambda: None  # called in the middle of judging
    judged: list[tuple[str, str, bool]] = field(default_factory=list)
    tried: list[tuple[object, object]] = field(default_factory=list)
    opened: list[tuple[Settings, tuple[str, ...]]] = field(default_factory=list)
    closed: int = 0

    @contextmanager
    def open(self, settings: Settings, profiles: Sequence[str] = ()) -> Iterator["FakeJudge"]:
        """Take the place of `judge.bootstrap.local_judge`."""
        if self.gone is not None:
            raise self.gone
        self.opened.append((settings, tuple(profiles)))
        try:
            yield self
        finally:
            self.closed += 1

    def judge(
        self,
        problem: Problem,
        source: str,
        listener: Listener = nobody,
        samples_only: bool = False,
        brief: bool = False,
    ) -> Judgement:
        self.judged.append((problem.slug, source, samples_only))
        if self.fault is not None:
            raise self.fault
        answer = replace(self._prepared(problem, source), problem=problem.slug)
        if answer.verdict is Verdict.JE:
            listener(AttemptFailed(GraderFailed("the grader went silent"), 1))
        listener(PhaseStarted("tests"))
        self.meanwhile()
        listener(TestsCollected(len(answer.tests)))
        for index, result in enumerate(answer.tests):
            listener(TestEnded(result, index))
        return answer

    def _prepared(self, problem: Problem, source: str) -> Judgement:
        if source in self.by_source or source not in dict(shallow_solutions(problem)).values():
            return self.by_source.get(source, self.judgement)
        tests = (
            one if one.sample else replace(one, verdict=Verdict.WA) for one in self.judgement.tests
        )
        return replace(self.judgement, verdict=Verdict.WA, tests=tuple(tests))

    def identity(self, profile: str) -> str:
        return f"{profile} of a fake"

    def try_input(
        self,
        problem: Problem,
        source: str,
        args: list[object] | None,
        stdin: str | None,
        listener: Listener = nobody,
    ) -> Trial:
        self.tried.append((args, stdin))
        if self.trial is None:
            raise JudgeError("no trial was prepared")
        return self.trial

    def check(self) -> None:
        if self.gone is not None:
            raise self.gone


class MemoryChannel:
    """A callee in this process behind the codec; `Stopped` where its process would have ended."""

    def __init__(
        self,
        source: str,
        entry: Sequence[str] = (),
        prelude: str | None = None,
        adapters: Sequence[Adapter] = (),
        classes: Sequence[str] = (),
    ) -> None:
        self._answers: list[Answer] = []
        self._callee = Callee(self._answer)
        self.exchanged: list[bytes] = []
        self.remote = Remote(self, classes)
        self.remote.request(load_request(source, entry, prelude, adapters))
        self.solution = Solution(self.remote, entry)

    def _answer(self, question: bytes) -> bytes:
        return self._answers[-1](question)

    def exchange(self, request: bytes, answer: Answer) -> Delivery:
        self.exchanged.append(request)
        self._answers.append(answer)
        try:
            return Delivery(self._callee.serve(request))
        except SystemExit:
            raise Stopped from None
        finally:
            self._answers.pop()

    def run_program(self, stdin: bytes, argv: list[str]) -> ProgramRun:
        raise NotImplementedError


@dataclass
class FakeBox:
    """A box that answers with prepared facts, in order; the last of them again and again."""

    starts: Sequence[RunResult] = (RunResult(Exit.ANSWERED),)
    calls: Sequence[RunResult] = (RunResult(Exit.ANSWERED),)
    questions: list[bytes] = field(default_factory=list)
    peak_memory_mib: float = 1.0
    started: list[Order] = field(default_factory=list)
    called: list[tuple[bytes, Limits]] = field(default_factory=list)
    answered: list[bytes] = field(default_factory=list)
    prepared: list[Order] = field(default_factory=list)
    ended: int = 0

    def prepare(self, order: Order) -> None:
        self.prepared.append(order)

    def start(self, order: Order) -> RunResult:
        self.started.append(order)
        return self.starts[min(len(self.started), len(self.starts)) - 1]

    def send(self, request: bytes, limits: Limits) -> Sent:
        self.called.append((request, limits))
        return Sent(len(self.called), limits.wall_seconds)

    def result(self, sent: Sent, answer: Answer) -> RunResult:
        result = self.calls[min(sent.call, len(self.calls)) - 1]
        while self.questions:
            self.answered.append(answer(self.questions.pop(0)))
        return result

    alive: bool = True

    def is_alive(self) -> bool:
        return self.alive

    def end(self, following: Order | None = None) -> None:
        self.ended += 1
        if following is not None:
            self.prepare(following)


@dataclass
class FakeSandbox:
    """Leases the boxes it was given, one after the other; the last of them again and again."""

    boxes: Sequence[FakeBox] = field(default_factory=lambda: [FakeBox()])
    leased: list[tuple[str, int]] = field(default_factory=list)

    @contextmanager
    def lease(self, profile: str, memory_mib: int) -> Iterator[FakeBox]:
        self.leased.append((profile, memory_mib))
        yield self.boxes[min(len(self.leased), len(self.boxes)) - 1]


@dataclass
class FakeSession:
    """A grading session that says what was prepared and keeps what it was told."""

    script: Sequence[Message | Exception] = ()
    heard: list[tuple[str, object]] = field(default_factory=list)
    _place: int = 0

    def next(self) -> Message:
        self._place += 1
        said = self.script[self._place - 1]
        if isinstance(said, Exception):
            raise said
        return said

    def go(self, loaded: RunResult, *, more: bool = False) -> None:
        self.heard.append(("go", loaded))

    def skip(self) -> None:
        self.heard.append(("skip", None))

    def deliver(self, result: RunResult) -> None:
        self.heard.append(("deliver", result))

    def deliver_run(self, result: RunResult) -> None:
        self.heard.append(("deliver_run", result))

    def ask(self, question: bytes) -> None:
        self.heard.append(("ask", question))


@dataclass
class FakeGrader:
    """Opens a session for every attempt, with the next script; the last again and again."""

    script: Sequence[Message | Exception]
    later: Sequence[Sequence[Message | Exception]] = ()
    specs: list[Spec] = field(default_factory=list)
    sessions: list[FakeSession] = field(default_factory=list)

    @contextmanager
    def open(self, spec: Spec) -> Iterator[FakeSession]:
        self.specs.append(spec)
        scripts = [self.script, *self.later]
        self.sessions.append(FakeSession(scripts[min(len(self.sessions), len(scripts) - 1)]))
        yield self.sessions[-1]


class FakeStream:
    """The stream of a container: gives prepared frames, then closes; keeps what was sent."""

    passes_sockets = False

    def __init__(self, *frames: tuple[Header, bytes] | Exception) -> None:
        self.sent: list[tuple[Header, bytes]] = []
        self.stderr = ""
        self._frames = list(frames)

    def send(self, header: Header, payload: bytes = b"") -> None:
        self.send_all([(header, payload)])

    def send_all(self, frames: Iterable[tuple[Header, bytes]]) -> None:
        self.sent += frames

    def receive(self, timeout: float | None) -> tuple[Header, bytes]:
        if not self._frames:
            raise StreamClosed("")
        frame = self._frames.pop(0)
        if isinstance(frame, Exception):
            raise frame
        return frame
