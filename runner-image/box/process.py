"""The life of a process that runs user code: waits as root, steps down, serves, dies.

Until the first order it is root and runs only this file; the submission's first line runs after
it has stepped down for good.
"""

import atexit
import contextlib
import ctypes
import io
import json
import linecache
import os
import random
import resource
import signal
import socket
import struct
import sys
import threading
import time
import traceback
import types
from typing import Any, NoReturn

import seccomp
import tags

from judge.proxy.callee import Callee, compiled, load_module, load_request
from judge.proxy.codec import Codec, plain_codec
from judge.proxy.framing import pack_tagged
from judge.proxy.raised import SOURCE_NAME, describe

_PR_SET_DUMPABLE = 4
_REHEARSAL = load_request("def rehearse():\n    return 0\n", ["rehearse"], None, [])
_HEAD = struct.Struct(">BI")
_libc = ctypes.CDLL(None)


def warm_up() -> None:
    """Do once, before it is needed, what every process does first."""
    Callee(lambda question: question).serve(plain_codec().encode(_REHEARSAL))
    del sys.modules["solution"], linecache.cache[SOURCE_NAME]
    if "numpy" in sys.modules:
        from judge.proxy import arrays  # noqa: PLC0415 (a profile may lack numpy)

        arrays.content(None)
    if "pandas" in sys.modules:
        from judge.proxy import dataframes  # noqa: PLC0415 (a profile may lack pandas)

        dataframes.content(None)


def live(control: int, streams: list[tuple[int, int]], uid: int) -> NoReturn:
    """Serve one test from beginning to end; never returns."""
    try:
        os.setsid()
        for fd, (reading, writing) in enumerate(streams):
            os.dup2(writing if fd else reading, fd)
        talk = Conversation(_keep_only(control))
        warm_up()  # while nobody waits: touching a page for the first time copies it
        setup = json.loads(talk.receive()[1])
        _step_down(setup, uid)
        if setup["program"]:
            _serve_program(talk, setup["argv"])
        else:
            _serve_calls(talk)
    except SystemExit as leaving:
        _leave(_exit_code(leaving))
    except BaseException:  # noqa: BLE001 (a fork must never return into the warm interpreter)
        os._exit(70)
    os._exit(0)


class Conversation:
    """Tagged frames with the supervisor, blocking."""

    def __init__(self, control: socket.socket) -> None:
        self._socket = control

    def receive(self) -> tuple[int, bytes]:
        tag, size = _HEAD.unpack(self._exactly(_HEAD.size))
        return tag, bytes(self._exactly(size))

    def send(self, tag: int, payload: bytes) -> None:
        try:
            self._socket.sendall(pack_tagged(tag, payload))
        except OSError:
            _wait_to_be_stopped()

    def _exactly(self, size: int) -> bytearray:
        data = bytearray(size)
        view = memoryview(data)
        while view:
            try:
                count = self._socket.recv_into(view)
            except OSError:
                _wait_to_be_stopped()
            if count == 0:
                os._exit(0)  # the supervisor let go of us
            view = view[count:]
        return data


def _wait_to_be_stopped() -> NoReturn:
    """The submission closed our socket, and the supervisor says that better than an exit code."""
    time.sleep(1)
    os._exit(70)


def _serve_calls(talk: Conversation) -> NoReturn:
    def ask(question: bytes) -> bytes:
        talk.send(tags.QUESTION, question)
        while True:
            tag, payload = talk.receive()
            if tag == tags.ANSWER:
                return payload
            reply(payload)

    def reply(request: bytes) -> None:
        payload = callee.serve(request)
        _flush()
        talk.send(tags.REPLY, payload)

    callee = Callee(ask)
    while True:
        reply(talk.receive()[1])


def _serve_program(talk: Conversation, argv: list[str]) -> NoReturn:
    codec = plain_codec()
    request = codec.decode(talk.receive()[1])
    try:
        if request["prelude"] is not None:
            load_module("prelude", request["prelude"], "prelude.py")
        code = compiled(request["source"], SOURCE_NAME)
    except BaseException as error:  # noqa: BLE001 (what compiling raises is the submission's)
        talk.send(tags.REPLY, codec.encode({"raised": describe(error)}))
        code = None
    if code is None:
        _leave(1)
    talk.send(tags.REPLY, codec.encode({"value": None}))
    talk.receive()
    _run_program(talk, codec, code, request["source"], argv)


def _run_program(
    talk: Conversation, codec: Codec, code: types.CodeType, source: str, argv: list[str]
) -> NoReturn:
    linecache.cache[SOURCE_NAME] = (
        len(source),
        None,
        source.splitlines(keepends=True),
        SOURCE_NAME,
    )
    main = types.ModuleType("__main__")
    main.__file__ = SOURCE_NAME
    sys.modules["__main__"] = main
    sys.argv = [SOURCE_NAME, *argv]
    try:
        exec(code, main.__dict__)  # noqa: S102 (this is the box; running it is its purpose)
    except SystemExit as leaving:
        _leave(_exit_code(leaving))
    except BaseException as error:  # noqa: BLE001 (whatever a program raises ends it)
        trace = error.__traceback__.tb_next if error.__traceback__ else None
        with contextlib.suppress(Exception):
            traceback.print_exception(type(error), error, trace)
        with contextlib.suppress(Exception):
            talk.send(tags.REPLY, codec.encode({"raised": describe(error)}))
        _leave(1)
    _leave(0)


def _leave(code: int) -> NoReturn:
    """End as a Python program does, without the price of tearing down every imported library."""
    try:
        # Wait for threads, then do what the program registered, as the interpreter would.
        threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001 (there is no public way)
        atexit._run_exitfuncs()  # noqa: SLF001 (there is no public way)
    finally:
        _flush()
        os._exit(code)


def _exit_code(leaving: SystemExit) -> int:
    if leaving.code is None:
        return 0
    if isinstance(leaving.code, int):
        fits = -sys.maxsize - 1 <= leaving.code <= sys.maxsize
        return leaving.code & 0xFF if fits else 0xFF
    print(leaving.code, file=sys.stderr)  # noqa: T201 (as the interpreter does)
    return 1


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        with contextlib.suppress(Exception):
            stream.flush()  # type: ignore[union-attr]  # a submission may have put anything there


def _write_oom_score() -> None:
    with contextlib.suppress(OSError):
        file = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        os.write(file, b"1000")  # the first to go when the box runs out of memory
        os.close(file)


def open_streams() -> None:
    """Make the standard streams that every process has: what they read and write it takes later."""
    ours = {
        "stdin": io.TextIOWrapper(open(0, "rb", closefd=False), encoding="utf-8"),
        "stdout": _writer(1, line_buffering=False),
        "stderr": _writer(2, line_buffering=True),
    }
    for name, stream in ours.items():
        stream.buffer.raw.name = f"<{name}>"  # type: ignore[attr-defined]  # as the interpreter does
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _writer(fd: int, *, line_buffering: bool) -> io.TextIOWrapper:
    return io.TextIOWrapper(
        open(fd, "wb", closefd=False),
        encoding="utf-8",
        errors="backslashreplace",
        line_buffering=line_buffering,
    )


def _keep_only(control: int) -> socket.socket:
    """Close whatever the warm interpreter has open besides our streams and our socket."""
    os.dup2(control, 3)
    os.closerange(4, os.sysconf("SC_OPEN_MAX"))
    return socket.socket(fileno=3)


def _address_space_bytes() -> int:
    with open("/proc/self/statm") as file:
        return int(file.read().split()[0]) * resource.getpagesize()


def _step_down(setup: dict[str, Any], uid: int) -> None:
    cpu = int(setup["total_cpu_seconds"]) + 2
    for limit, value in (
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, setup["file_bytes"]),
        (resource.RLIMIT_NOFILE, setup["open_files"]),
        (resource.RLIMIT_NPROC, setup["processes"]),
        (resource.RLIMIT_MSGQUEUE, 1 << 16),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(limit, (value, value))
        except ValueError:
            # gVisor refuses those whose objects it has not, such as message queues.
            if setup["has_cgroup"]:
                raise
    if not setup["has_cgroup"]:
        room = _address_space_bytes() + (setup["memory_mib"] << 20)
        resource.setrlimit(resource.RLIMIT_AS, (room, room))
        seccomp.refuse()
    _write_oom_score()
    os.umask(0o077)
    os.chdir("/tmp")
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    # After a change of uid /proc/self belongs to root; an honest program may read it and
    # open /dev/stdin, which needs it.
    _libc.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def reseed() -> None:
    """Give the next process random numbers of its own."""
    random.seed()
    if "numpy" in sys.modules:
        # A number: what numpy does without one takes half a millisecond.
        sys.modules["numpy"].random.seed(int.from_bytes(os.urandom(4)))
