"""One test's way into the box and back: passes calls and questions, keeps the test's budget."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from judge.errors import MalformedHeader
from judge.grading import (
    Answered,
    Called,
    Done,
    Ended,
    Found,
    Message,
    ProgramCalled,
    Session,
    Tried,
)
from judge.model import Exit, Limits, RunResult, StopReason
from judge.sandbox.base import Box, Order, Sent

MAX_PRINTED = 64 << 10
ANSWERING_SECONDS = 60.0  # for all questions of a submission, whose clocks stand still meanwhile


@dataclass(slots=True)
class Patience:
    """How long a submission's questions may still keep the grader busy."""

    seconds: float = ANSWERING_SECONDS

    def is_over(self) -> bool:
        """Whether nothing of it is left."""
        return self.seconds < 0


class _AskedTooMuch(Exception):
    """A submission's questions took longer to answer than all of them may."""


@dataclass(slots=True)
class Used:
    """What a test has used so far, loading the source included."""

    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0
    memory_mib: float = 0.0
    round_trips: int = 0
    stdout: bytearray = field(default_factory=bytearray)


class TestOver(Exception):
    """A test ended while the submission still waited for an answer; carries what was said."""

    __test__ = False

    def __init__(self, message: Message) -> None:
        super().__init__("a test ended inside an exposed object")
        self.message = message


class Relay:
    """The processes of one test. `last` holds the facts of the latest step."""

    def __init__(
        self, box: Box, session: Session, order: Order, patience: Patience | None = None
    ) -> None:
        self._box, self._session, self._order = box, session, order
        self._patience = patience or Patience()
        self._limits = order.limits
        self._has_loaded = self._ran = False
        self._failed: RunResult | None = None  # how a process failed that no longer answers
        self.used = Used()
        self._loading = Used()
        self.last = RunResult(Exit.ANSWERED)
        box.prepare(order)

    def load(self) -> RunResult:
        """Wait until a fresh process has loaded the source."""
        self._has_loaded = True
        result = self._note(self._box.start(self._order))
        self._loading.cpu_seconds += result.cpu_seconds
        self._loading.wall_seconds += result.wall_seconds
        return result

    def call(self, message: Called) -> None:
        """Do one call and deliver what came of it.

        The first is sent before it is known whether the source loads; a process that loaded none
        does nothing it is asked to.
        """
        if self._failed is not None:
            self._session.deliver(self._failed)
            return
        sent = self._box.send(message.request, self._left())
        if self._tell_loaded():
            self._session.deliver(self._note(self._result(sent)))

    def run_program(self, message: ProgramCalled) -> None:
        """Run the submission as a program, each time in a process of its own."""
        if self._failed is not None:
            self._session.deliver_run(self._failed)
            return
        if not self._ran and not message.argv:
            sent = self._box.send(message.stdin, self._left())
            if not self._tell_loaded():
                return
        elif not self._tell_loaded():
            return
        else:
            self._box.end()
            self._order = replace(self._order, argv=message.argv)
            loaded = self.load()
            if loaded.exit is not Exit.ANSWERED:
                self._session.deliver_run(loaded)
                return
            sent = self._box.send(message.stdin, self._left())
        self._ran = True
        result = self._box.result(sent, _no_questions)
        self._session.deliver_run(self._note(result))

    def _tell_loaded(self) -> bool:
        """Tell the test, if it has not been told, how loading went; return whether it may go on."""
        if self._has_loaded:
            return True
        loaded = self.load()
        self._session.go(loaded, more=True)
        if loaded.exit is Exit.ANSWERED:
            return True
        self._failed = loaded
        return False

    def _result(self, sent: Sent) -> RunResult:
        try:
            return self._box.result(sent, self._answer)
        except _AskedTooMuch:
            if self._failed is None:  # or a call within this one has been through it
                self._box.end()
                self._failed = RunResult(Exit.STOPPED, stop_reason=StopReason.QUESTIONS)
            return self._failed

    def _answer(self, question: bytes) -> bytes:
        """Take a question to the test; it may call the submission again before it answers."""
        self._session.ask(question)
        while True:
            match self._hear():
                case Answered(payload):
                    return payload
                case Called() as nested:
                    self.call(nested)
                case Ended() | Found() | Tried() as last_words:
                    raise TestOver(last_words)
                case other:
                    raise MalformedHeader(
                        f"a grader said {type(other).__name__} instead of an answer"
                    )

    def _hear(self) -> Message:
        """Hear what the test says while it has a question to answer."""
        began = time.monotonic()
        said = self._session.next()
        self._patience.seconds -= time.monotonic() - began
        if self._patience.is_over() and isinstance(said, Answered):
            raise _AskedTooMuch
        return said

    def _left(self) -> Limits:
        cpu = self._limits.cpu_seconds + self._loading.cpu_seconds - self.used.cpu_seconds
        wall = self._limits.wall_seconds + self._loading.wall_seconds - self.used.wall_seconds
        return replace(self._limits, cpu_seconds=max(0.001, cpu), wall_seconds=max(0.001, wall))

    def _note(self, result: RunResult) -> RunResult:
        used = self.used
        used.cpu_seconds += result.cpu_seconds
        used.wall_seconds += result.wall_seconds
        used.memory_mib = max(used.memory_mib, result.memory_mib)
        used.round_trips += 1
        used.stdout += result.stdout[: max(0, MAX_PRINTED - len(used.stdout))]
        if result.memory_mib > self._limits.memory_mib and result.exit is not Exit.STOPPED:
            # The box has some room to spare beyond the limit; the limit is what counts.
            result = replace(result, exit=Exit.STOPPED, stop_reason=StopReason.MEMORY)
        self.last = result
        return result


def _no_questions(_question: bytes) -> bytes:
    raise MalformedHeader("a question from a program")


def messages(session: Session) -> Iterator[Message]:
    """Yield what a session says until it is done."""
    while not isinstance(message := session.next(), Done):
        yield message
