"""A handle: an object of the submission that stays in the box, used from outside."""

from typing import TYPE_CHECKING, Any

from judge.proxy.channel import BadReply
from judge.proxy.codec import Ref, Reference

if TYPE_CHECKING:
    from judge.proxy.caller import Remote

# These give the box nothing of the test's and bring back plain data or another handle.
_WITHOUT_OPERAND = ("neg", "abs", "len", "iter", "next", "reversed", "float", "int")
_ITEMS = ("getitem", "setitem", "delitem")
# These are given what the test compares with, and what comes of them is the submission's to say.
_ARITHMETIC = (
    "add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "and", "or", "xor",
    "radd", "rsub", "rmul", "rtruediv", "rmatmul", "rpow",
)  # fmt: skip
_COMPARISONS = frozenset({"lt", "le", "gt", "ge", "contains"})


_OWN = frozenset({"_remote", "_number", "_type_name", "constructed"})


class Handle:
    """An object inside the box: methods, attributes and operators are calls to it.

    Operators with an operand work only on an object that the test itself has constructed from a
    class the problem asks for; a comparison only with another such object, and arithmetic with
    plain data only where another object comes of it. Otherwise a submission could return an
    object that passes every comparison, and learn what it is compared with.
    """

    def __init__(self, remote: "Remote", number: int, type_name: str) -> None:
        self._remote = remote
        self._number = number
        self._type_name = type_name
        self.constructed = False

    def reference(self) -> Reference:
        """Return what stands for this object in a request."""
        return Reference(Ref.HANDLE, [self._number, self._type_name])

    def __getattr__(self, name: str) -> Any:
        refuse_private(self, name)
        return self._remote.attribute(self, self._type_name, name)

    def __setattr__(self, name: str, value: object) -> None:
        if name in _OWN:
            object.__setattr__(self, name, value)
            return
        refuse_private(self, name)
        self._remote.request(
            {"op": "operate", "of": self, "name": "setattr", "args": (name, value)}
        )

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._remote.member(self, "__call__")(*args, **kwargs)

    def __str__(self) -> str:
        return str(self.operate("str"))

    def operate(self, name: str, *args: Any) -> Any:
        """Apply an operator of Python to the object and return what comes of it."""
        among_objects = all(isinstance(arg, Handle) for arg in args)
        if args and not (self.constructed and (among_objects or name not in _COMPARISONS)):
            raise self._not_data("an operand")
        reply, _ = self._remote.request({"op": "operate", "of": self, "name": name, "args": args})
        value = reply.get("value")
        if name in _ARITHMETIC and not among_objects and not isinstance(value, Handle):
            raise self._not_data("an operand")
        return value

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        raise self._not_data("compared")

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __bool__(self) -> bool:
        raise self._not_data("tested for truth")

    def __repr__(self) -> str:
        return f"<{self._type_name} object>"

    def _not_data(self, used: str) -> BadReply:
        return BadReply(
            f"a value of type {self._type_name} was returned; it stays in its box and cannot be "
            f"{used}: return plain data"
        )


def refuse_private(owner: object, name: str) -> None:
    """Raise AttributeError for private names, which pytest, Hypothesis and copy probe for."""
    if name.startswith("_"):
        raise AttributeError(f"{owner!r} has no attribute '{name}' for a test")


def _forward(name: str) -> Any:
    def method(self: Handle, *args: Any) -> Any:
        return self.operate(name, *args)

    return method


for _name in (*_WITHOUT_OPERAND, *_ITEMS, *_ARITHMETIC, *_COMPARISONS):
    setattr(Handle, f"__{_name}__", _forward(_name))
