"""An exception that happened on the other side, raised again as the same builtin type."""

import builtins
from functools import cache
from typing import Any

from judge.proxy.codes import Malformed
from judge.proxy.raised import MAX_ARGS, MAX_LINES, MAX_TEXT, is_plain_argument

MAX_NAME = 200
MAX_LINE_NUMBER = 1 << 31


class RemoteError(Exception):
    """Base of every exception that was raised on the other side; also a builtin exception type.

    `described` is what `judge.proxy.raised.describe` told of it.
    """

    described: dict[str, Any]


def rebuild(described: dict[Any, Any]) -> RemoteError:
    """Return the exception of a description, an instance of the nearest builtin type as well.

    Raises Malformed where the description is none that `judge.proxy.raised.describe` makes.
    """
    checked = _checked(described)
    base = _nearest_builtin(checked["builtins"])
    error = _class_for(base)(checked["text"])  # type: ignore[arg-type]  # classes are hashable
    error.described = checked
    if checked["args"] is not None:
        error.args = tuple(checked["args"])
    return error


def _nearest_builtin(names: list[str]) -> type[Exception]:
    kinds = (getattr(builtins, name, None) for name in names)
    return next((k for k in kinds if isinstance(k, type) and issubclass(k, Exception)), Exception)


def _checked(described: dict[Any, Any]) -> dict[str, Any]:
    """Return the known fields of a description, each of its type and of bounded length."""
    try:
        missing, syntax = described.get("missing_module"), described.get("syntax")
        return {
            "type": _text(described["type"], MAX_NAME),
            "text": _text(described["text"], MAX_TEXT),
            "args": _args(described.get("args")),
            "builtins": [_text(name, MAX_NAME) for name in _list(described.get("builtins", []))],
            "lines": [_line(line) for line in _list(described.get("lines", []))],
            "missing_module": None if missing is None else _text(missing, MAX_NAME),
            "syntax": None if syntax is None else _line(syntax),
        }
    except (KeyError, TypeError, ValueError) as error:
        raise Malformed("an exception with a description that cannot be read") from error


def _args(args: Any) -> list[Any] | None:
    if args is None:
        return None
    if type(args) is not list or len(args) > MAX_ARGS or not all(map(is_plain_argument, args)):
        raise ValueError(args)
    return args


def _line(parts: Any) -> list[Any]:
    """Return a line of a traceback or of a syntax error: whole numbers, None and short texts."""
    first, second, third = _list(parts)
    return [_number(first), None if second is None else _short(second), _text(third, MAX_TEXT)]


def _list(parts: Any) -> list[Any]:
    if type(parts) is not list:  # a handle can be gone through too, and each step asks the box
        raise TypeError(parts)
    return parts[:MAX_LINES]


def _short(part: object) -> int | str:
    return _text(part, MAX_NAME) if isinstance(part, str) else _number(part) or 0


def _number(part: object) -> int | None:
    if part is None:
        return None
    if not isinstance(part, int) or not 0 <= part < MAX_LINE_NUMBER:
        raise ValueError(part)
    return part


def _text(part: object, limit: int) -> str:
    if not isinstance(part, str):
        raise TypeError(part)
    return part[:limit]


@cache
def _class_for(base: type[Exception]) -> type[RemoteError]:
    bases = (RemoteError,) if base is Exception else (RemoteError, base)
    try:
        cls = type(
            base.__name__, bases, {"__init__": _init, "__str__": _str, "__module__": "builtins"}
        )
        cls("probe")  # some builtins want more than a text
    except TypeError:  # a builtin whose constructor wants more than a text (UnicodeDecodeError)
        return _class_for(base.__mro__[1])
    return cls


def _init(self: RemoteError, text: str) -> None:
    Exception.__init__(self, text)


def _str(self: RemoteError) -> str:
    return str(self.described["text"])
