"""Objects of a test that a submission may use, through the names listed and no others."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from judge.proxy.codec import Codec, Ref, Reference
from judge.proxy.codes import CannotCross, Malformed
from judge.proxy.raised import describe

MAX_DEPTH = 8
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class BudgetSpent(RuntimeError):
    """The submission used an exposed object more often than the test allows."""


class Exposed:
    """An object of the test and the names of it that may be used from inside the box."""

    def __init__(
        self,
        target: Any,
        methods: Iterable[str] = (),
        attributes: Iterable[str] = (),
        max_calls: int = 100_000,
    ) -> None:
        """Check the names; a callable without listed names is exposed as a callable."""
        self.target = target
        self.methods = frozenset(methods)
        self.attributes = frozenset(attributes)
        self.max_calls = max_calls
        self.calls = 0
        for name in self.methods | self.attributes:
            if not _NAME.fullmatch(name):
                raise ValueError(f"only names like [a-z][a-z0-9_]* can be exposed, not '{name}'")
        if not self.methods and not self.attributes:
            if not callable(target):
                raise TypeError("expose() needs methods=, attributes= or something callable")
            self.methods = frozenset({"__call__"})

    def use(self, question: dict[str, Any]) -> object:
        """Do what a question asks if it is listed and the budget lasts."""
        self.calls += 1
        if self.calls > self.max_calls:
            raise BudgetSpent(f"more than {self.max_calls} uses of this object")
        match question:
            case {"attribute": str(name)} if name in self.attributes:
                return getattr(self.target, name)
            case {"method": "__call__", "args": tuple(args), "kwargs": dict(kwargs)} if (
                "__call__" in self.methods
            ):
                return self.target(*args, **kwargs)
            case {"method": str(name), "args": tuple(args), "kwargs": dict(kwargs)} if (
                name in self.methods
            ):
                return getattr(self.target, name)(*args, **kwargs)
        raise AttributeError("this object has no such attribute for you")


class ExposedTable:
    """The objects exposed in one call; gone when the call returns."""

    depth = 0

    def __init__(self, codec: Codec) -> None:
        self._codec = codec
        self._exposed: list[Exposed] = []

    def reference(self, exposed: Exposed) -> Reference:
        """Return what stands for an exposed object in the request of this call."""
        if exposed not in self._exposed:
            self._exposed.append(exposed)
        number = self._exposed.index(exposed)
        return Reference(Ref.EXPOSED, [number, sorted(exposed.methods), sorted(exposed.attributes)])

    def original(self, number: int) -> object:
        """Return the object of the test that the box was given under a number."""
        if 0 <= number < len(self._exposed):
            return self._exposed[number].target
        raise Malformed("a reference to an object that was not exposed in this call")

    def answer(self, question: bytes) -> bytes:
        """Answer one question of the submission; what the object raises is part of the answer."""
        ExposedTable.depth += 1
        try:
            return self._encode({"value": self._use(question)})
        except Exception as error:  # noqa: BLE001 (an exposed object may raise anything, it crosses)
            return self._encode({"raised": describe(error)})
        finally:
            ExposedTable.depth -= 1

    def _use(self, question: bytes) -> object:
        if ExposedTable.depth > MAX_DEPTH:
            raise RecursionError(
                f"exposed objects called within each other more than {MAX_DEPTH} deep"
            )
        asked = self._codec.decode(question)
        number = asked.get("of") if isinstance(asked, dict) else None
        if not (isinstance(number, int) and 0 <= number < len(self._exposed)):
            raise Malformed("a question about an object that was not exposed in this call")
        return self._exposed[number].use(asked)

    def _encode(self, answer: dict[str, Any]) -> bytes:
        try:
            return self._codec.encode(answer)
        except CannotCross as error:
            return self._codec.encode(
                {"raised": describe(TypeError(f"{error} cannot be handed out"))}
            )


def expose(
    target: object | Callable[..., object],
    methods: Iterable[str] = (),
    attributes: Iterable[str] = (),
    max_calls: int = 100_000,
) -> Exposed:
    """Let a submission use an object of the test.

    Args:
        target: the object; it never leaves the test. A callable alone is exposed as a callable.
        methods: names of methods that may be called with plain data; they return plain data.
        attributes: names of attributes that may be read.
        max_calls: how often all of it may be used before RuntimeError is raised at the user.

    Raises:
        ValueError: a name is not of the form [a-z][a-z0-9_]*.
        TypeError: nothing is listed and the object is not callable.
    """
    return Exposed(target, methods, attributes, max_calls)
