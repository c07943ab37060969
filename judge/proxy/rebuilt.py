"""An exception that happened on the other side, raised again as the same builtin type."""

import builtins
from functools import cache
from typing import Any

from judge.proxy.extensions import Malformed


class RemoteError(Exception):
    """Base of every exception that was raised on the other side; also a builtin exception type.

    `described` is what `judge.proxy.raised.describe` told of it.
    """

    described: dict[str, Any]


def rebuild(described: Any) -> RemoteError:
    """Return the exception of a description, an instance of the nearest builtin type as well."""
    if not (isinstance(described, dict) and isinstance(described.get("text"), str)):
        raise Malformed("an exception without a description")
    names = described.get("builtins")
    for name in names if isinstance(names, list) else []:
        base = getattr(builtins, name, None) if isinstance(name, str) else None
        if isinstance(base, type) and issubclass(base, Exception):
            break
    else:
        base = Exception
    cls = _class_for(base)  # type: ignore[arg-type]  # a class is hashable, mypy looks at instances
    error = cls(described["text"])
    error.described = described
    return error


@cache
def _class_for(base: type[Exception]) -> type[RemoteError]:
    bases = (RemoteError,) if base is Exception else (RemoteError, base)
    try:
        cls = type(
            base.__name__, bases, {"__init__": _init, "__str__": _str, "__module__": "builtins"}
        )
        cls("probe")
    except TypeError:  # a builtin whose constructor wants more than a text (UnicodeDecodeError)
        return _class_for(base.__mro__[1])
    return cls


def _init(self: RemoteError, text: str) -> None:
    Exception.__init__(self, text)


def _str(self: RemoteError) -> str:
    return str(self.args[0])
