"""The warm interpreter: has the profile's libraries imported and forks the processes of tests.

Speaks with the supervisor over descriptor 3: `fork` comes in, {"born": pid} with four descriptors
and {"died": pid, "status": …, "cpu_seconds": …, "peak_mib": …} go out.
"""

import array
import contextlib
import gc
import importlib
import json
import os
import select
import signal
import socket
import sys
import types

sys.path.insert(0, "/opt/judge/lib/site-packages")
sys.path.insert(0, os.path.dirname(__file__))

import seccomp
from sharing import ForkHooks, make_immortal, on_huge_pages

HOOKS = ForkHooks()
HOOKS.hold()

import process  # noqa: E402 (what it imports has hooks)

from judge.proxy.raised import SOURCE_NAME  # noqa: E402 (as does what this imports)

# Imported ahead where the profile has them; a profile without one simply lacks it.
WARM_MODULES = (
    "bisect", "collections", "copy", "dataclasses", "decimal", "fractions", "functools", "heapq",
    "itertools", "json", "math", "operator", "random", "re", "statistics", "string", "typing",
    "numpy", "numpy.random", "numpy.linalg", "numpy.lib.stride_tricks", "scipy.linalg",
    "scipy.optimize", "scipy.special", "scipy.stats", "scipy.sparse", "pandas", "sklearn.base",
    "sklearn.linear_model", "sklearn.model_selection", "sklearn.pipeline", "sklearn.preprocessing",
    "sklearn.metrics", "sklearn.datasets", "sklearn.tree", "sklearn.ensemble", "sklearn.cluster",
    "sklearn.neighbors", "sklearn.decomposition", "sklearn.impute", "sklearn.compose",
)  # fmt: skip


def main(uid: int) -> None:
    """Import, then fork on request until the supervisor is gone."""
    with contextlib.suppress(OSError):
        _write("/proc/self/oom_score_adj", "500")  # goes before PID 1 and after user code
    for name in WARM_MODULES:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    _fit_once()
    process.warm_up()
    process.open_streams()
    _forget_the_harness()
    HOOKS.release()
    _make_cheap_to_fork()
    supervisor = socket.socket(fileno=3)
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_read, False)
    os.set_blocking(wake_write, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
    while True:
        ready, _, _ = select.select([supervisor.fileno(), wake_read], [], [])
        if wake_read in ready:
            with contextlib.suppress(BlockingIOError):
                os.read(wake_read, 4096)
            _report_deaths(supervisor)
        if supervisor.fileno() in ready:
            if not supervisor.recv(64):
                os._exit(0)
            _fork(supervisor, uid)


def _make_cheap_to_fork() -> None:
    gc.collect()
    make_immortal()
    gc.freeze()
    with contextlib.suppress(OSError):  # gVisor does not show a process its pages
        on_huge_pages()
    seccomp.refuse_collapsing()


def _fork(supervisor: socket.socket, uid: int) -> None:
    near, far = socket.socketpair()
    streams = _pipes_of(uid)
    process.reseed()
    pid = os.fork()
    if pid == 0:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        supervisor.detach()
        near.detach()
        HOOKS.renew()
        process.live(far.detach(), streams, uid)
    (stdin_far, stdin), (stdout, stdout_far), (stderr, stderr_far) = streams
    fds = array.array("i", [near.fileno(), stdin, stdout, stderr])
    for fd in (stdin, stdout, stderr):
        os.set_blocking(fd, False)
    message = json.dumps({"born": pid}).encode()
    supervisor.sendmsg([message], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])
    for fd in (stdin_far, stdin, stdout, stdout_far, stderr, stderr_far):
        os.close(fd)
    near.close()
    far.close()


def _pipes_of(uid: int) -> list[tuple[int, int]]:
    """Make three pipes that belong to the uid, so that user code can open /dev/stdin."""
    os.setegid(uid)
    os.seteuid(uid)
    try:
        return [os.pipe() for _ in range(3)]
    finally:
        os.seteuid(0)
        os.setegid(0)


def _report_deaths(supervisor: socket.socket) -> None:
    while True:
        try:
            pid, status, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        died = {
            "died": pid,
            "status": status,
            "cpu_seconds": usage.ru_utime + usage.ru_stime,
            "peak_mib": usage.ru_maxrss / 1024,
        }
        supervisor.send(json.dumps(died).encode())


def _fit_once() -> None:
    """Have scikit-learn look up what it looks up at its first fit: a tenth of the time of that."""
    if "sklearn.linear_model" in sys.modules:
        sys.modules["sklearn.linear_model"].LogisticRegression().fit([[0.0], [1.0]], [0, 1])


def _forget_the_harness() -> None:
    """Leave nothing of ours to be imported by accident under a name a learner might use."""
    del sys.path[:2]
    sys.argv = [SOURCE_NAME]
    sys.modules["__main__"] = types.ModuleType("__main__")
    for name in list(sys.modules):
        if name in {"process", "seccomp", "sharing", "tags"}:
            del sys.modules[name]


def _write(path: str, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)


if __name__ == "__main__":
    main(int(sys.argv[1]))
