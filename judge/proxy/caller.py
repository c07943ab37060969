"""The test's half: requests to a callee, the callables that make them, what came of each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from judge.proxy.channel import BadReply, Channel, Delivery, MissingEntry, ProgramRun
from judge.proxy.codec import Codec, Ref, Reference
from judge.proxy.codes import CannotCross, Malformed
from judge.proxy.exposed import Exposed, ExposedTable
from judge.proxy.handle import Handle, refuse_private
from judge.proxy.layouts import LaidOut
from judge.proxy.reading import READING, is_reply
from judge.proxy.rebuilt import MAX_NAME, RemoteError, rebuild
from judge.proxy.structures import SHAPES, from_wire

MAX_HANDLES = 200_000  # objects of one process, which are kept as long as it lives


@dataclass(frozen=True, slots=True)
class CallResult:
    """All that one call brought; `args` and `kwargs` as they are afterwards, if echoed.

    `stdout` and `stderr` hold what the submission printed since the call before; `warnings` the
    Python warnings of the call, each as "Category: text"; `cpu_seconds` its CPU time.
    """

    value: Any
    args: list[Any] | None
    kwargs: dict[str, Any] | None
    stdout: str
    stderr: str
    warnings: list[str]
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class Recorded:
    """One call as it was made and what came of it, kept so that a failure can be explained."""

    target: "RemoteCallable"
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    outcome: Any
    raised: bool = False
    attribute: bool = False  # it was read, not called


@dataclass(slots=True)
class History:
    """The last calls of a test, from the last one that named the submission's own function."""

    calls: list[Recorded] = field(default_factory=list)
    last_run: tuple[str, ProgramRun | None] | None = None  # a program's stdin and what came of it
    answered: int = 0
    warnings: list[str] = field(default_factory=list)

    MAX_CALLS = 200
    MAX_WARNINGS = 100

    def add(self, call: Recorded) -> None:
        """Keep a call; a call of a function or class of the submission begins a new history."""
        if not isinstance(call.target.handle, Handle):
            self.calls.clear()
        if len(self.calls) < self.MAX_CALLS:
            self.calls.append(call)


class ProgramFailed(RemoteError):
    """A program ended with another exit code than 0, and the test had not allowed it to."""


class Remote:
    """One callee at the far end of a channel: encodes requests, reads replies, keeps handles."""

    def __init__(self, channel: Channel, classes: Iterable[str] = ()) -> None:
        """Store the channel; `classes` are the entry points whose objects have operators."""
        self.channel = channel
        self.classes = frozenset(classes)
        self.history = History()
        self.known_methods: set[tuple[str, str]] = set()
        self._handles: dict[int, Handle] = {}
        self._exposed: list[ExposedTable] = []
        self._codec = Codec(self._refer, self._resolve)

    def request(self, request: dict[str, Any]) -> tuple[dict[str, Any], Delivery]:
        """Make a request; return the reply, or raise what the submission raised."""
        __tracebackhide__ = True  # a learner's own pytest shows their lines, not these
        if self._codec.is_decoding:  # a library looked into a handle, whose answer may be another
            raise BadReply("an object of the submission was returned where data must be")
        table = ExposedTable(self._codec)
        self._exposed.append(table)
        try:
            delivery = self.channel.exchange(self._encode(request), table.answer)
            reply = self._decode(delivery.payload)
        finally:
            self._exposed.pop()
        self._note(reply)
        return reply, delivery

    def member(self, owner: "Owner", name: str) -> "RemoteCallable":
        """Return a method of an object or a class in the box."""
        return RemoteCallable(self, name, owner)

    def attribute(self, owner: "Owner", type_name: str, name: str) -> Any:
        """Read an attribute of an object in the box; a method is asked for once per type."""
        member = self.member(owner, name)
        if (type_name, name) in self.known_methods:
            return member
        reply, _ = self.request({"op": "attribute", "of": owner, "name": name})
        if reply.get("method"):
            self.known_methods.add((type_name, name))
            return member
        value = reply.get("value")
        self.history.add(Recorded(member, (), {}, value, attribute=True))
        return value

    def accept_loading(self, delivery: Delivery) -> None:
        """Read the reply to the request that loaded the source; raise what loading raised."""
        self._note(self._decode(delivery.payload))
        self.history.answered = 0

    def program_failure(self, run: ProgramRun) -> RemoteError:
        """Return the exception that ended a program, or one that tells its exit code."""
        reply = self._decode(run.payload) if run.payload else {}
        if "raised" in reply:
            return _raised(reply)
        failure = ProgramFailed(f"the program ended with exit code {run.exit_code}")
        failure.described = {"type": "exit", "text": str(failure), "lines": []}
        return failure

    def _encode(self, request: dict[str, Any]) -> bytes:
        try:
            return self._codec.encode(request)
        except CannotCross as error:
            raise TypeError(
                f"{error} cannot be passed to a submission; pass plain data, or wrap the object "
                "in judge.testing.expose()"
            ) from None

    def _decode(self, payload: bytes) -> dict[str, Any]:
        try:
            with READING:
                reply = self._codec.decode(payload)
        except Malformed as error:
            raise BadReply(f"the reply cannot be read ({error})") from None
        except MemoryError:
            raise BadReply("the returned value is too large to be read") from None
        except Exception as error:  # whatever a forged reply makes a library raise is its fault
            raise BadReply(f"the reply cannot be read ({type(error).__name__})") from error
        if not (isinstance(reply, dict) and is_reply(reply)):
            raise BadReply("the reply cannot be read")
        return reply

    def _note(self, reply: dict[str, Any]) -> None:
        __tracebackhide__ = True
        self.history.answered += 1
        self.history.warnings += [
            text[:MAX_NAME] for text in reply.get("warnings", [])[: History.MAX_WARNINGS]
        ]
        if "missing" in reply:
            raise MissingEntry(reply["missing"][:MAX_NAME])
        if "uncrossable" in reply:
            raise BadReply(
                f"{reply['uncrossable'][:MAX_NAME]} cannot be returned; return plain data"
            )
        if "raised" in reply:
            raise _raised(reply)

    def _refer(self, value: object) -> Reference | None:
        if isinstance(value, RemoteCallable) and value.handle is None:
            return Reference(Ref.NAME, [value.module, value.name])
        if isinstance(value, Handle):
            return value.reference()
        if isinstance(value, Exposed) and self._exposed:
            return self._exposed[-1].reference(value)
        if isinstance(value, LaidOut):
            return Reference(Ref.LAYOUT, [str(value.form), value.array])
        return _structure(value)

    def _resolve(self, reference: Reference) -> object:
        match reference.kind, reference.data:
            case Ref.HANDLE, [int(number), str(type_name)]:
                return self._handle(number, type_name[:MAX_NAME])
            case Ref.STRUCTURE, [str(shape), str(_), list(data)]:
                return from_wire(shape, data)
            case Ref.EXPOSED, [int(number)] if self._exposed:
                return self._exposed[-1].original(number)
            case _:
                raise Malformed("a reference that means nothing outside the box")

    def _handle(self, number: int, type_name: str) -> Handle:
        if number not in self._handles and len(self._handles) == MAX_HANDLES:
            raise Malformed(f"more than {MAX_HANDLES:,} objects that are not plain data")
        return self._handles.setdefault(number, Handle(self, number, type_name))


class RemoteCallable:
    """A function, class or method of the submission; can be called and passed on."""

    def __init__(
        self, remote: Remote, name: str, handle: "Owner | None" = None, module: str = "solution"
    ) -> None:
        self._remote = remote
        self.name = name
        self.handle = handle
        self.module = module
        self.__name__ = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        __tracebackhide__ = True
        return self._invoke(args, kwargs, echo=False).value

    def __getattr__(self, name: str) -> Any:
        refuse_private(self, name)
        if self.handle is not None:
            raise AttributeError(f"{self!r} is a method; call it")
        return self._remote.attribute(self, f"class {self.name}", name)

    def call(self, *args: Any, echo_args: bool = False, **kwargs: Any) -> CallResult:
        """Call and return everything the call brought, see CallResult."""
        return self._invoke(args, kwargs, echo=echo_args)

    def __repr__(self) -> str:
        if self.handle is not None:
            return f"{self.handle!r}.{self.name}"
        return self.name if self.module == "solution" else f"{self.module}.{self.name}"

    def target(self) -> object:
        """Return what stands for this callable in a request."""
        return self if self.handle is None else [self.handle, self.name]

    def _invoke(self, args: tuple[Any, ...], kwargs: dict[str, Any], *, echo: bool) -> CallResult:
        __tracebackhide__ = True
        request = {
            "op": "call",
            "target": self.target(),
            "args": args,
            "kwargs": kwargs,
            "echo": echo,
        }
        history = self._remote.history
        try:
            reply, delivery = self._remote.request(request)
        except RemoteError as error:
            history.add(Recorded(self, args, kwargs, error, raised=True))
            raise
        except (BadReply, MissingEntry):
            raise
        except BaseException:
            history.add(Recorded(self, args, kwargs, None, raised=True))
            raise
        value = reply.get("value")
        if isinstance(value, Handle) and self.handle is None and self.name in self._remote.classes:
            value.constructed = True
        history.add(Recorded(self, args, kwargs, value, raised=False))
        return CallResult(
            value=value,
            args=reply.get("args"),
            kwargs=reply.get("kwargs"),
            stdout=delivery.stdout,
            stderr=delivery.stderr,
            warnings=reply.get("warnings", []),
            cpu_seconds=delivery.cpu_seconds,
        )


Owner = Handle | RemoteCallable


def _structure(value: object) -> Reference | None:
    for shape, structure in SHAPES.items():
        if isinstance(value, structure):
            ends = [] if shape == "tree" else [getattr(value, "cycle", None)]
            return Reference(Ref.STRUCTURE, [shape, "", [value.values, *ends]])
    return None


def _raised(reply: dict[str, Any]) -> RemoteError:
    """Return the exception a reply tells of; raise BadReply where it cannot be one."""
    try:
        return rebuild(reply["raised"])
    except Malformed as error:
        raise BadReply(str(error)) from None
