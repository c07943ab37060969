"""The supervisor's side of the warm interpreter: gets processes forked, hears of their deaths."""

import array
import json
import os
import select
import socket
from dataclasses import dataclass

WARM_UP_SECONDS = 60
_HERE = os.path.dirname(__file__)
_PYTHON = "/opt/judge/venv/bin/python"


@dataclass
class Born:
    """A process forked ahead: root still, waiting for its orders; the far ends of its pipes."""

    pid: int
    control: socket.socket
    stdin: int
    stdout: int
    stderr: int

    def let_go(self) -> None:
        """Close its pipes; it ends when it sees that, if it has not."""
        self.control.close()
        for fd in (self.stdin, self.stdout, self.stderr):
            os.close(fd)


@dataclass
class Death:
    """How a process ended: its wait status, and what it had used where its parent could tell."""

    status: int
    cpu_seconds: float = 0.0
    peak_mib: float = 0.0  # resident, of itself or of a child it waited for


class Nursery:
    """The warm interpreter, the processes it has forked ahead, and the deaths it reported."""

    def __init__(self, uid: int) -> None:
        self.uid = uid
        self.pid = 0
        self.deaths: dict[int, Death] = {}
        self._socket: socket.socket | None = None
        self._waiting: list[Born] = []
        self.asked = 0  # processes that were asked for and not heard of

    @property
    def waiting(self) -> int:
        """How many processes are forked ahead."""
        return len(self._waiting)

    def open(self) -> None:
        """Start the warm interpreter and wait for its first child."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.pid = os.fork()
        if self.pid == 0:
            os.dup2(theirs.fileno(), 3, inheritable=True)
            os.execv(_PYTHON, [_PYTHON, "-I", f"{_HERE}/warm.py", str(self.uid)])  # noqa: S606 (all of it is ours)
        theirs.close()
        self._socket = ours
        self.asked = 0
        self.ask_for_next()
        self._wait_for_one()

    def close(self) -> None:
        """Forget the warm interpreter, which died, and what it forked; `take` starts another."""
        while self._waiting:
            self._waiting.pop().let_go()
        if self._socket is not None:
            self._socket.close()
        self._socket, self.pid, self.asked = None, 0, 0

    def is_open(self) -> bool:
        """Whether there is a warm interpreter to hear."""
        return self._socket is not None

    def fileno(self) -> int:
        """The descriptor to poll for news of the warm interpreter."""
        return -1 if self._socket is None else self._socket.fileno()

    def ask_for_next(self) -> None:
        """Have one process forked; it is heard of later."""
        if self._socket is not None:
            try:
                self._socket.send(b"fork")
            except OSError:
                return  # it is dying; its death is reaped and it is reopened
            self.asked += 1

    def take(self) -> Born:
        """Return a process that waits for orders, waiting for it if need be."""
        self._wait_for_one()
        born = self._waiting.pop()
        self.deaths.pop(born.pid, None)  # of an earlier process with its number
        return born

    def hear(self) -> None:
        """Read one message of the warm interpreter, if there is one."""
        if self._socket is None:
            return
        try:
            data, ancillary, _, _ = self._socket.recvmsg(4096, socket.CMSG_SPACE(4 * 4))
        except OSError:
            data, ancillary = b"", []
        if not data:
            self._socket.close()
            self._socket = None
            return
        message = json.loads(data)
        if "born" in message:
            fds = array.array("i")
            for _, _, raw in ancillary:
                fds.frombytes(raw[: len(raw) - len(raw) % fds.itemsize])
            control = socket.socket(fileno=fds[0])
            control.settimeout(0)
            self.asked -= 1
            self._waiting.append(Born(message["born"], control, *fds[1:4]))
        else:
            pid = message.pop("died")
            self._heard_of_death(pid, Death(**message))

    def orphan_died(self, pid: int, status: int) -> None:
        """A process died whose parent was gone; ours to know since orphans are PID 1's."""
        self.deaths.setdefault(pid, Death(status))

    def _heard_of_death(self, pid: int, death: Death) -> None:
        self.deaths[pid] = death
        for born in [one for one in self._waiting if one.pid == pid]:
            self._waiting.remove(born)  # there was no memory left for it
            born.let_go()

    def _wait_for_one(self) -> None:
        while not self._waiting:
            if self._socket is None:
                if self.pid:
                    os.waitpid(self.pid, 0)
                self.open()
                continue
            ready, _, _ = select.select([self._socket], [], [], WARM_UP_SECONDS)
            if not ready:
                raise TimeoutError("the warm interpreter does not fork")
            self.hear()
