"""Graders as Docker containers, one per profile, used for many submissions of many problems.

A session is a process in a grader. Where sockets can be sent there it has a line of its own;
elsewhere its frames go through the grader's PID 1 and carry the session's name.
"""

import contextlib
import itertools
import socket
import time
from collections.abc import Iterator
from dataclasses import asdict

from judge.engine.attach import Stream
from judge.engine.client import Engine
from judge.engine.container import ContainerSpec, running
from judge.engine.line import Line, StreamClosed, StreamTimeout
from judge.errors import ContainerLost, GraderFailed, SilentTest, TestFault
from judge.grading.base import Session, Spec
from judge.grading.messages import Began, Ended, Message
from judge.grading.wire import message
from judge.images import ImageRef
from judge.model import Exit, RunResult
from judge.proxy.codec import plain_codec
from judge.proxy.framing import Header

SERVER = ("/opt/judge/venv/bin/python", "-I", "/opt/judge/grader/server.py")
MEMORY_MIB = 2_048
TMPFS_MIB = 256
READY_SECONDS = 90.0
GONE_SECONDS = 0.5  # between the death of a session and that of its container, if that is dying
# What a test may take while it waits for nobody, and all tests together; past that one hangs.
THINKING_SECONDS = 60.0
ALL_THINKING_SECONDS = 180.0
NOT_FOR_TESTS = ("submissions/", "editorial.md", "statement.md", "mutants.toml")
_ENDED = "its process ended"


class _SessionGone(GraderFailed):
    """A session's line was closed; maybe its container is gone."""


@contextlib.contextmanager
def grader(
    engine: Engine, image: ImageRef, instance: str, runtime: str | None = None
) -> Iterator["DockerGrader"]:
    """Start a grader for a profile; it is gone when the block is left."""
    spec = ContainerSpec(
        role="grader",
        profile=image.profile,
        image=image.digest,
        command=SERVER,
        memory_mib=MEMORY_MIB,
        tmpfs_mib=TMPFS_MIB,
        runtime=runtime,
    )
    with running(engine, spec, instance) as container:
        yield DockerGrader(container.stream)


class DockerGrader:
    """The grader behind a stream. One session at a time."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._ready = False
        self._numbers = itertools.count()

    @contextlib.contextmanager
    def open(self, spec: Spec) -> Iterator[Session]:
        """See Grader."""
        name = str(next(self._numbers))
        try:
            self._wait_ready()
            with self._line(name, spec) as line:
                try:
                    yield StreamSession(line, name, spec.slug)
                except _SessionGone:
                    self._see_whether_it_lives()
                    raise
                except SilentTest:
                    self._close(name)
                    raise
            self._close(name)
        except StreamClosed as error:
            raise ContainerLost(f"the grader of '{spec.slug}' died: {error}") from error
        except StreamTimeout as error:
            raise GraderFailed(f"the grader of '{spec.slug}' went silent") from error

    def _close(self, name: str) -> None:
        self._stream.send({"kind": "close", "session": name})

    @contextlib.contextmanager
    def _line(self, name: str, spec: Spec) -> Iterator[Line]:
        """Have a session opened and give the line to it."""
        order: Header = {"kind": "open", "session": name, "spec": _spec(spec)}
        if not self._stream.passes_sockets:
            self._stream.send(order, _package(spec))
            yield self._stream
            return
        near, far = socket.socketpair()
        with contextlib.closing(Line(near)) as line:
            with far:
                self._stream.send_with(far, order | {"own_line": True}, _package(spec))
            yield line

    def _see_whether_it_lives(self) -> None:
        """Raise StreamClosed if a session went because its container did."""
        with contextlib.suppress(StreamTimeout):
            self._stream.receive(GONE_SECONDS)

    def _wait_ready(self) -> None:
        if not self._ready:
            self._stream.receive(READY_SECONDS)
            self._ready = True


class StreamSession:
    """One session of a grader over a line of its own, or over the grader's stream."""

    def __init__(self, line: Line, name: str, slug: str) -> None:
        self._line, self._name, self._slug = line, name, slug
        self._test = "collecting the tests"
        self._thinking_left, self._all_left = THINKING_SECONDS, ALL_THINKING_SECONDS
        self._asked = False  # and the answer is not thought, but the submission's to pay for
        self._kept: list[tuple[Header, bytes]] = []  # to be sent with what follows at once

    def next(self) -> Message:
        """See Session."""
        while True:
            header, payload = self._receive()
            if header.get("session", self._name) != self._name:
                continue  # the last words of an earlier session
            match header.get("kind"):
                case "fault":
                    raise TestFault(self._slug, str(header.get("where")), str(header.get("detail")))
                case "broken" | "gone":
                    raise GraderFailed(self._broke(str(header.get("detail", _ENDED))))
                case _:
                    pass  # whether it is a message at all is decided below
            said = message(header, payload)
            if isinstance(said, Began):
                self._test = said.test.name
            if isinstance(said, Began | Ended):
                self._thinking_left = THINKING_SECONDS
            return said

    def go(self, loaded: RunResult, *, more: bool = False) -> None:
        """See Session."""
        finished = loaded.exit is Exit.ANSWERED
        self._say_result("go", loaded, finished=finished, more=more and finished)

    def skip(self) -> None:
        """See Session."""
        self._say({"kind": "skip"})

    def deliver(self, result: RunResult) -> None:
        """See Session."""
        self._say_result("delivered", result, finished=result.exit is Exit.ANSWERED)

    def deliver_run(self, result: RunResult) -> None:
        """See Session."""
        self._say_result("delivered", result, finished=result.exit is Exit.EXITED)

    def ask(self, question: bytes) -> None:
        """See Session."""
        self._say({"kind": "question"}, question)
        self._asked = True

    def _say_result(
        self, kind: str, result: RunResult, *, finished: bool, more: bool = False
    ) -> None:
        header: Header = {
            "kind": kind if finished else "stopped",
            "exit_code": result.exit_code,
            "cpu_seconds": result.cpu_seconds,
            "stdout_bytes": len(result.stdout),
            "stderr_bytes": len(result.stderr),
        }
        self._say(header, result.stdout + result.stderr + result.payload, more=more)

    def _say(self, header: Header, payload: bytes = b"", *, more: bool = False) -> None:
        self._kept.append((header | {"session": self._name}, payload))
        if not more:
            kept, self._kept = self._kept, []
            with contextlib.suppress(StreamClosed):  # what it said before it went is to be heard
                self._line.send_all(kept)

    def _broke(self, detail: str) -> str:
        return f"grading '{self._slug}' broke in {self._test}: {detail}"

    def _receive(self) -> tuple[Header, bytes]:
        asked, self._asked = self._asked, False
        thinking = THINKING_SECONDS if asked else min(self._thinking_left, self._all_left)
        began = time.monotonic()
        try:
            return self._line.receive(thinking)
        except StreamClosed as error:
            raise _SessionGone(self._broke(_ENDED)) from error
        except StreamTimeout:
            raise SilentTest(self._slug, self._test, _hangs()) from None
        finally:
            if not asked:
                took = time.monotonic() - began
                self._thinking_left -= took
                self._all_left -= took


def _hangs() -> str:
    return (
        f"it took more than {THINKING_SECONDS:.0f} s, or all tests took more than "
        f"{ALL_THINKING_SECONDS:.0f} s, apart from the submission's own time"
    )


def _spec(spec: Spec) -> Header:
    return {
        "kind": spec.kind,
        "entry": list(spec.entry),
        "classes": list(spec.classes),
        "signature": spec.signature,
        "adapters": [
            [name, shape, dict(fields), cyclic] for name, shape, fields, cyclic in spec.adapters
        ],
        "reference": spec.reference,
        "seed_key": spec.seed_key.hex(),
        "misconceptions": [list(one) for one in spec.misconceptions],
        "samples_only": spec.samples_only,
        "trial": None if spec.trial is None else asdict(spec.trial),
    }


def _package(spec: Spec) -> bytes:
    return plain_codec().encode(
        {
            name: content
            for name, content in spec.files.items()
            if not name.startswith(NOT_FOR_TESTS)
        }
    )
