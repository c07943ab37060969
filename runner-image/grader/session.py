"""One submission's grading: its line to the worker, its own uid and folder, and its end."""

import contextlib
import os
import resource
import shutil
import socket
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from judge.proxy.channel import Answer, Delivery, ProgramRun, Stopped
from judge.proxy.codec import plain_codec
from judge.proxy.framing import READ_BYTES, FrameBuffer, Header, pack
from judge.proxy.reading import READING
from judge.proxy.solution import Interface
from judge.proxy.structures import Adapter
from judge.testing.loading import Loading
from judge.testing.reference import Reference
from judge.testing.trial import Trial

MEMORY_BYTES = 1_500 << 20  # below the container's limit, so that it ends in MemoryError
CPU_SECONDS = 600
READING_SECONDS = 60.0  # of CPU, for all replies of a submission: honest ones take milliseconds
_ARGUMENTS = (
    "-q", "-c", os.devnull, "--import-mode=importlib", "--strict-markers", "--capture=no",
    "--disable-plugin-autoload", "-p", "no:cacheprovider", "-p", "no:terminalreporter",
    "-p", "no:warnings", "-p", "no:logging", "-p", "no:junitxml", "-p", "no:doctest",
    "-p", "no:faulthandler", "-p", "no:threadexception", "-p", "no:unraisableexception",
)  # fmt: skip


def live_trial(end: socket.socket, order: Header, payload: bytes, uid: int) -> NoReturn:
    """Try one input of a learner's own and exit; never returns."""
    spec, worker = order["spec"], Worker()

    def work() -> None:
        folder = unpack(payload, Path.cwd() / "package")
        interface = interface_of(spec)
        reference = reference_of(spec, folder, interface)
        trial = Trial(interface, spec["signature"], **spec["trial"])
        worker.say({"kind": "tried"} | trial.run(worker, worker.started, reference))

    silence()
    report(worker, end, uid, work)


def report(worker: "Worker", end: socket.socket, uid: int, work: Callable[[], None]) -> NoReturn:
    """Step down, work in a folder that only this uid has, say how it ended, and exit."""
    folder = folder_of(os.getpid(), uid)
    try:
        worker.attach(end)
        READING.seconds_left = READING_SECONDS
        _step_down(uid)
        folder.mkdir()
        os.chdir(folder)
        os.environ["TMPDIR"] = os.environ["PYTEST_DEBUG_TEMPROOT"] = tempfile.tempdir = str(folder)
        work()
        shutil.rmtree(folder, ignore_errors=True)  # before `done`, which is answered by SIGKILL
        worker.say({"kind": "done"})
    except BaseException:  # noqa: BLE001 (a fork must never return into what forked it)
        shutil.rmtree(folder, ignore_errors=True)
        with contextlib.suppress(Exception):
            worker.say({"kind": "broken", "detail": traceback.format_exc()[-6_000:]})
    os._exit(0)


def folder_of(pid: int, uid: int) -> Path:
    """Return the folder in which a session works."""
    return Path(f"/tmp/session-{uid}-{pid}")


def remove_folder(pid: int, uid: int) -> None:
    """Remove what a session left that was killed, under its own uid: ours owns nothing of it."""
    folder = folder_of(pid, uid)
    if not folder.exists():
        return
    with contextlib.suppress(OSError):  # without memory for a fork it stays, until the grader goes
        if (child := os.fork()) != 0:
            os.waitpid(child, 0)
            return
        try:
            _become(uid)
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os._exit(0)  # a fork must never return into what forked it


class Worker:
    """The worker at the far end: frames out, frames in; also the desk and the channel of tests.

    What is said before there is an end is kept, and goes with the first thing said after.
    """

    def __init__(self) -> None:
        self._end: socket.socket | None = None
        self._kept = b""
        self._buffer = FrameBuffer()
        self._received: Iterator[tuple[Header, bytes]] = iter(())
        self._loading: Loading | None = None  # of the test, until it is heard how it went

    def attach(self, end: socket.socket) -> None:
        self._end = end

    def say(self, header: Header, payload: bytes = b"") -> None:
        self._kept += pack(header, payload)
        if self._end is not None:
            kept, self._kept = self._kept, b""
            self._end.sendall(kept)

    def hear(self) -> tuple[Header, bytes]:
        while (frame := next(self._received, None)) is None:
            data = b"" if self._end is None else self._end.recv(READ_BYTES)
            if not data:
                os._exit(0)
            self._received = self._buffer.feed(data)
        return frame

    # Desk

    def collected(self, tests: list[dict[str, Any]]) -> None:
        self.say({"kind": "collected", "tests": tests})

    def begin(self, test: dict[str, Any], loading: Loading) -> None:
        self._loading = loading
        self.say({"kind": "begin", "test": test})

    def settle(self) -> None:
        if self._loading is not None:
            self.say({"kind": "wait"})
            self._hear_of_loading()

    def _hear_of_loading(self) -> bool:
        """Hear how loading went, if that is to be heard; return whether there is a process."""
        loading, self._loading = self._loading, None
        if loading is None:
            return True
        header, payload = self.hear()
        match header["kind"]:
            case "skip":
                loading.refused()
            case "stopped":
                loading.stopped()
            case _:
                loading.finished(_delivery(header, *_parts(header, payload)))
                return True
        return False

    def started(self) -> Delivery | None:
        """Hear whether a fresh process has the source loaded."""
        header, payload = self.hear()
        match header["kind"]:
            case "skip":
                return None
            case "stopped":
                raise Stopped
            case _:
                return _delivery(header, *_parts(header, payload))

    def ended(self, report: dict[str, Any]) -> None:
        # Said together with what comes next, which comes at once.
        self._kept += pack({"kind": "ended", "report": report})

    def search(self) -> Delivery | None:
        self.say({"kind": "search"})
        return self.started()

    def found(self, found: dict[str, Any]) -> None:
        self.say({"kind": "found"} | found)

    def at_fault(self, where: str, detail: str) -> None:
        self.say({"kind": "fault", "where": where, "detail": detail})

    # Channel

    def exchange(self, request: bytes, answer: Answer) -> Delivery:
        self.say({"kind": "call"}, request)
        return self._await(answer, _delivery)

    def run_program(self, stdin: bytes, argv: list[str]) -> ProgramRun:
        self.say({"kind": "run", "argv": argv}, stdin)
        return self._await(_no_answer, _program_run)

    def _await[T](self, answer: Answer, read: Callable[[Header, bytes, bytes, bytes], T]) -> T:
        if not self._hear_of_loading():
            raise Stopped
        while True:
            header, payload = self.hear()
            match header["kind"]:
                case "question":
                    self.say({"kind": "answer"}, answer(payload))
                case "stopped":
                    raise Stopped
                case _:
                    return read(header, *_parts(header, payload))


def _parts(header: Header, payload: bytes) -> tuple[bytes, bytes, bytes]:
    """Return reply, stdout and stderr out of one payload."""
    stdout = header["stdout_bytes"]
    reply = stdout + header["stderr_bytes"]
    return payload[reply:], payload[:stdout], payload[stdout:reply]


def _delivery(header: Header, reply: bytes, stdout: bytes, stderr: bytes) -> Delivery:
    return Delivery(reply, _text(stdout), _text(stderr), header["cpu_seconds"])


def _program_run(header: Header, reply: bytes, stdout: bytes, stderr: bytes) -> ProgramRun:
    return ProgramRun(
        _text(stdout), _text(stderr), header["exit_code"], header["cpu_seconds"], reply
    )


def _text(printed: bytes) -> str:
    return printed.decode(errors="replace")


def _no_answer(_question: bytes) -> bytes:
    raise Stopped


def interface_of(spec: dict[str, Any]) -> Interface:
    """Return what tests may ask of a submission."""
    return Interface(
        entry=tuple(spec["entry"]),
        classes=frozenset(spec["classes"]),
        adapters=tuple(Adapter(*row) for row in spec["adapters"]),
        program=spec["kind"] == "program",
    )


def reference_of(spec: dict[str, Any], folder: Path, interface: Interface) -> Reference:
    """Return the reference, which is loaded when a test wants it."""
    prelude = folder / "prelude.py"
    text = prelude.read_text() if prelude.exists() else None
    return Reference(spec["reference"], text, interface)


def misconceptions_of(
    spec: dict[str, Any], folder: Path, interface: Interface
) -> Iterator[tuple[Reference, str]]:
    """Yield the wrong submissions that stand for something, and for what."""
    for source, text in spec["misconceptions"]:
        yield reference_of(spec | {"reference": source}, folder, interface), text


def arguments(folder: Path, name: str, assertions: str) -> list[str]:
    """Return pytest's arguments for one file of tests."""
    tests = str(folder / "tests" / name)
    return [*_ARGUMENTS, f"--assert={assertions}", f"--rootdir={folder}", tests]


def silence() -> None:
    """Let nothing that is printed reach the stream of frames."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(nowhere, fd)


def unpack(payload: bytes, folder: Path) -> Path:
    """Write the package's files, import from there, and return the folder."""
    folder.mkdir()
    for name, content in plain_codec().decode(payload).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    os.chdir(folder)
    sys.path[:0] = [str(folder / "tests"), str(folder)]
    return folder


def _step_down(uid: int) -> None:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _become(uid)
    os.umask(0o077)


def _become(uid: int) -> None:
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
