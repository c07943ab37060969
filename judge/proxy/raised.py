"""An exception as plain data: its type, its builtin ancestors, its text, the learner's lines."""

import builtins
import linecache
from types import TracebackType
from typing import Any

SOURCE_NAME = "solution.py"
MAX_TEXT = 2_000
MAX_LINES = 20
MAX_ARGS = 5
MAX_PLACE = 1 << 31

Described = dict[str, Any]


def describe(error: BaseException, source_name: str = SOURCE_NAME) -> Described:
    """Return what may be told of an exception; never raises, whatever its `__str__` does.

    `type` name of its class, `builtins` the builtin exception names among its ancestors, nearest
    first, `text` its message, `args` its arguments where all are short plain values, `lines`
    [number, function, source line] of the learner's frames, outermost first, `missing_module` the
    name that could not be imported, `syntax` [line, column, source line] where it is a SyntaxError
    of the learner's file.
    """
    return {
        "type": type(error).__name__,
        "builtins": [
            c.__name__ for c in type(error).__mro__ if getattr(builtins, c.__name__, 0) is c
        ],
        "text": _text(error),
        "args": _plain_args(error),
        "lines": _own_lines(error.__traceback__, source_name),
        "missing_module": error.name if isinstance(error, ModuleNotFoundError) else None,
        "syntax": _syntax(error, source_name),
    }


def _plain_args(error: BaseException) -> list[Any] | None:
    args = list(error.args)[: MAX_ARGS + 1]
    if len(args) > MAX_ARGS or not all(is_plain_argument(arg) for arg in args):
        return None
    return args


def is_plain_argument(arg: object) -> bool:
    """Whether an argument of an exception is a short value of an exact plain type."""
    if type(arg) in {str, bytes}:
        return len(arg) <= MAX_TEXT  # type: ignore[arg-type]  # a str or bytes
    return type(arg) in {bool, float, type(None)} or (
        type(arg) is int and arg.bit_length() <= MAX_TEXT
    )


def _text(error: BaseException) -> str:
    try:
        if isinstance(error, SyntaxError):
            return str(error.msg)[:MAX_TEXT]
        return str(error)[:MAX_TEXT]
    except Exception:  # noqa: BLE001 (a learner's __str__ may raise anything)
        return ""


def _own_lines(trace: TracebackType | None, source_name: str) -> list[list[Any]]:
    lines: list[list[Any]] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == source_name:
            text = linecache.getline(source_name, trace.tb_lineno).strip()
            lines.append([trace.tb_lineno, code.co_name, text[:200]])
        trace = trace.tb_next
    half = MAX_LINES // 2
    return lines if len(lines) <= MAX_LINES else lines[:half] + lines[-half:]


def _syntax(error: BaseException, source_name: str) -> list[Any] | None:
    if not isinstance(error, SyntaxError) or type(error.filename) is not str:
        return None
    if error.filename != source_name:
        return None
    text = error.text if type(error.text) is str else ""
    return [_place(error.lineno), _place(error.offset), text.rstrip()[:200]]


def _place(number: object) -> int | None:
    """Return a line or a column, unless a learner's own SyntaxError has something else there."""
    return number if type(number) is int and 0 <= number < MAX_PLACE else None
