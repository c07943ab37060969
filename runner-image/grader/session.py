"""One submission's grading: unpacks the package, runs its tests, talks to the worker.

Samples run first, with assertion rewriting so that a failure shows its values; hidden tests run
without it.
"""

import contextlib
import os
import resource
import socket
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from judge.proxy.channel import Answer, Delivery, ProgramRun, Stopped
from judge.proxy.codec import plain_codec
from judge.proxy.framing import FrameBuffer, Header, pack
from judge.proxy.solution import Interface
from judge.proxy.structures import Adapter
from judge.testing.plugin import GradingPlugin, Package
from judge.testing.reference import Reference
from judge.testing.trial import Trial

MEMORY_BYTES = 1_500 << 20  # below the container's limit, so that it ends in MemoryError
CPU_SECONDS = 600
READ = 1 << 18
_ARGUMENTS = (
    "-q", "-c", os.devnull, "--import-mode=importlib", "--strict-markers", "--capture=no",
    "--disable-plugin-autoload", "-p", "no:cacheprovider", "-p", "no:terminalreporter",
    "-p", "no:warnings", "-p", "no:logging", "-p", "no:junitxml", "-p", "no:doctest",
    "-p", "no:faulthandler", "-p", "no:threadexception", "-p", "no:unraisableexception",
)  # fmt: skip


def live(end: socket.socket, order: Header, payload: bytes, uid: int) -> NoReturn:
    """Grade one submission and exit; never returns."""
    worker = Worker(end)
    try:
        _step_down(uid)
        folder = _unpack(payload, uid)
        _grade(worker, order["spec"], folder)
        worker.say({"kind": "done"})
    except BaseException:  # noqa: BLE001 (a fork must never return into the server)
        with contextlib.suppress(Exception):
            worker.say({"kind": "broken", "detail": traceback.format_exc()[-6_000:]})
    os._exit(0)


class Worker:
    """The worker at the far end: frames out, frames in; also the desk and the channel of tests."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._buffer = FrameBuffer()
        self._received: Iterator[tuple[Header, bytes]] = iter(())

    def say(self, header: Header, payload: bytes = b"") -> None:
        self._end.sendall(pack(header, payload))

    def hear(self) -> tuple[Header, bytes]:
        while (frame := next(self._received, None)) is None:
            data = self._end.recv(READ)
            if not data:
                os._exit(0)
            self._received = self._buffer.feed(data)
        return frame

    # Desk

    def collected(self, tests: list[dict[str, Any]]) -> None:
        self.say({"kind": "collected", "tests": tests})

    def begin(self, test: dict[str, Any]) -> Delivery | None:
        self.say({"kind": "begin", "test": test})
        return self.started()

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
        self.say({"kind": "ended", "report": report})

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


def _grade(worker: Worker, spec: dict[str, Any], folder: Path) -> None:
    interface = Interface(
        entry=tuple(spec["entry"]),
        classes=frozenset(spec["classes"]),
        adapters=tuple(Adapter(*row) for row in spec["adapters"]),
        program=spec["kind"] == "program",
    )
    reference = Reference(spec["reference"], _read(folder / "prelude.py"), interface)
    sys.path[:0] = [str(folder / "tests"), str(folder)]
    if spec["trial"] is not None:
        trial = Trial(interface, spec["signature"], **spec["trial"])
        worker.say({"kind": "tried"} | trial.run(worker, worker.started, reference))
        return
    package = Package(folder, bytes.fromhex(spec["seed_key"]), interface)
    plugin = GradingPlugin(worker, worker, reference, package)
    for name, assertions in (("test_samples.py", "rewrite"), ("test_hidden.py", "plain")):
        tests = folder / "tests" / name
        if (
            tests.exists()
            and not plugin.broken
            and not (spec["samples_only"] and name != "test_samples.py")
        ):
            arguments = [*_ARGUMENTS, f"--assert={assertions}", f"--rootdir={folder}", str(tests)]
            pytest.main(arguments, plugins=[plugin])


def _step_down(uid: int) -> None:
    silence = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(silence, fd)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    os.umask(0o077)


def _unpack(payload: bytes, uid: int) -> Path:
    folder = Path(f"/tmp/{uid}-{os.getpid()}")
    folder.mkdir()
    for name, content in plain_codec().decode(payload).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    os.chdir(folder)
    return folder


def _read(path: Path) -> str | None:
    return path.read_text() if path.exists() else None
