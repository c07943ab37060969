"""What a test calls `solution`: every use of it is a call into the box."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from judge.proxy.caller import CallResult, Remote, RemoteCallable
from judge.proxy.channel import BadReply, Channel
from judge.proxy.handle import refuse_private
from judge.proxy.structures import Adapter

# Kinds of problem whose entry points are classes.
CLASS_KINDS = frozenset({"class", "estimator", "interactive"})


@dataclass(frozen=True, slots=True)
class Interface:
    """What a problem asks a submission to be.

    `entry` names what it must define, `classes` those of them that are classes, `adapters` what
    crosses as a structure; a `program` reads stdin and writes stdout instead.
    """

    entry: tuple[str, ...] = ()
    classes: frozenset[str] = frozenset()
    adapters: tuple[Adapter, ...] = ()
    program: bool = False

    def connect(self, channel: Channel) -> Remote:
        """Return a remote for a callee that has loaded its source."""
        return Remote(channel, self.classes)

    def solution(self, remote: Remote) -> "Solution | ProgramSolution":
        """Return what a test calls `solution`."""
        return ProgramSolution(remote) if self.program else Solution(remote, self.entry)


class Prelude:
    """The problem's prelude.py inside the box: its names are callables there."""

    def __init__(self, remote: Remote) -> None:
        self._remote = remote

    def __getattr__(self, name: str) -> RemoteCallable:
        refuse_private(self, name)
        return RemoteCallable(self._remote, name, module="prelude")


Call = tuple[Any, ...]


class Solution:
    """The submission as a test sees it; any name it defines is an attribute that can be called."""

    def __init__(self, remote: Remote, entry: Iterable[str]) -> None:
        """Store the remote; names of `entry` win over the methods of this class."""
        self._remote = remote
        self.prelude = Prelude(remote)
        for name in entry:
            if hasattr(type(self), name):
                setattr(self, name, RemoteCallable(remote, name))

    def __getattr__(self, name: str) -> RemoteCallable:
        refuse_private(self, name)
        return RemoteCallable(self._remote, name)

    def __repr__(self) -> str:
        return "solution"

    def call(self, name: str, /, *args: Any, echo_args: bool = False, **kwargs: Any) -> CallResult:
        """Call a function by its name and return everything the call brought."""
        return RemoteCallable(self._remote, name).call(*args, echo_args=echo_args, **kwargs)

    def batch(self, calls: Iterable[Call]) -> list[Any]:
        """Do many calls in one frame; each is (callable, args) or (callable, args, kwargs).

        Returns their values in order; raises what the first failing call raised.
        """
        rows = [(row[0].target(), list(row[1]), _kwargs(row)) for row in calls]
        reply, _ = self._remote.request({"op": "batch", "calls": rows})
        if type(values := reply.get("value")) is not list or len(values) != len(rows):
            raise BadReply("the reply to a batch cannot be read")
        return values


@dataclass(frozen=True, slots=True)
class ProgramResult:
    """What one run of a program printed and how it ended."""

    stdout: str
    stderr: str
    exit_code: int
    cpu_seconds: float


class ProgramSolution:
    """A submission that is a program: reads stdin, writes stdout."""

    def __init__(self, remote: Remote) -> None:
        """Store the remote."""
        self._remote = remote

    def run(
        self, stdin: str = "", args: Iterable[str] = (), *, check: bool = True
    ) -> ProgramResult:
        """Run the program in a fresh process and return what it printed.

        With `check`, an exit code other than 0 is the submission's failure.
        """
        history = self._remote.history
        history.last_run = (stdin, None)
        run = self._remote.channel.run_program(stdin.encode(), [str(arg) for arg in args])
        history.last_run = (stdin, run)
        history.answered += 1
        if check and run.exit_code != 0:
            raise self._remote.program_failure(run)
        return ProgramResult(run.stdout, run.stderr, run.exit_code, run.cpu_seconds)


def _kwargs(row: Call) -> Mapping[str, Any]:
    return row[2] if len(row) > 2 else {}  # noqa: PLR2004 (callable, args, kwargs)
