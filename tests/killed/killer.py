"""Kills one part of a running judge after the other, and starts again what does not by itself."""

import contextlib
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from judge.engine.container import ROLE_LABEL
from judge.model import State
from judge.store import ME, Filter, Store
from tests.killed.private_engine import NOT_THERE, PrivateEngine
from tests.served import Served, served

PATIENCE_SECONDS = 90
CONCURRENCY = 2  # submissions judged at once
JUDGED_SECONDS = 3.0  # most submissions take less


@dataclass
class Killer:
    """Does the killing.

    Two boxes lost by one judging mean "your program destroyed its box": by design, and of no use to
    a test in which every verdict is known. So a submission loses one box at most. What else is
    killed under it counts for nothing, and is killed as it comes.
    """

    random: random.Random
    store: Store
    engine: PrivateEngine
    data_dir: Path
    killed: Counter[str] = field(default_factory=Counter)
    _lost_a_box: set[int] = field(default_factory=set)
    _servers: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    server: Served | None = None

    def __enter__(self) -> "Killer":
        self._start_server()
        return self

    def __exit__(self, *_: object) -> None:
        self._servers.close()

    def kill(self, victim: str) -> None:
        """Kill one of server, worker, grader, box or engine."""
        match victim:
            case "server":
                self._kill_server()
            case "worker":
                self._kill_worker()
            case "engine":
                self._kill_engine()
            case _:
                self._kill_container(victim)
        self.killed[victim] += 1

    def _start_server(self) -> None:
        environment = {
            "DOCKER_HOST": self.engine.host,
            "JUDGE_PROBLEMS": "",
            "JUDGE_CONCURRENCY": str(CONCURRENCY),
        }
        new = served(self.data_dir, environment=environment)
        self.server = self._servers.enter_context(new)

    def _kill_server(self) -> None:
        assert self.server is not None
        self.server.process.kill()
        self.server.process.wait()
        self._start_server()

    def _kill_worker(self) -> None:
        assert self.server is not None
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            workers = list(children(self.server.process.pid))
            if workers:
                os.kill(self.random.choice(workers), signal.SIGKILL)
                return
            time.sleep(0.02)  # it was killed a moment ago
        raise AssertionError("no worker was started again")

    def _kill_engine(self) -> None:
        self.engine.kill()
        time.sleep(self.random.choice([0.0, self.random.uniform(0, 2)]))
        self.engine.start()

    def _kill_container(self, role: str) -> None:
        """Kill the PID 1 of a container while only what may lose it is being judged."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            before = self._judging()
            if not before or (role == "box" and before & self._lost_a_box):
                time.sleep(0.02)
                continue
            time.sleep(self.random.uniform(0, JUDGED_SECONDS))
            with contextlib.suppress(*NOT_THERE):
                found = list(containers(self.engine, role))
                if not found or not self._judging() <= before:
                    continue
                if kill_contained(*self.random.choice(found)):
                    if role == "box":
                        # Which of them lost it is not asked; with bad luck it was the next one.
                        self._lost_a_box |= before | self._judging()
                    return
        raise AssertionError(f"for {PATIENCE_SECONDS} s no {role} could be killed")

    def _judging(self) -> set[int]:
        me = self.store.learners.named(ME)
        found = self.store.submissions.page(me, Filter(state=State.JUDGING), limit=100)
        return {one.id for one in found}


def children(pid: int) -> Iterator[int]:
    """Yield the processes whose parent a process is."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                # After the name, which may hold anything, come state and parent.
                _, _, rest = (entry / "stat").read_text().rpartition(")")
                state, parent, *_ = rest.split()
                if int(parent) == pid and state != "Z":
                    yield int(entry.name)


def containers(engine: PrivateEngine, role: str) -> Iterator[tuple[str, int]]:
    """Yield the running containers of a role, each with the number of its PID 1 on this host."""
    with engine.client() as client:
        for one in client.api.containers(filters={"label": f"{ROLE_LABEL}={role}"}):
            pid = client.api.inspect_container(one["Id"])["State"]["Pid"]
            if pid:
                yield one["Id"], pid


def kill_contained(identity: str, pid: int) -> bool:
    """Kill a container's process; False when it is gone and its number may be another's."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return False
    try:
        # Looked at when it can no longer become another's unnoticed.
        if identity not in Path(f"/proc/{pid}/cgroup").read_text():
            return False
        signal.pidfd_send_signal(handle, signal.SIGKILL)
    except (ProcessLookupError, FileNotFoundError):
        return False
    finally:
        os.close(handle)
    return True
