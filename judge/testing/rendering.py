"""Calls and values as text for a person: exact where short, cut where long, never raising."""

import sys
from typing import Any

from judge.proxy.caller import Recorded
from judge.proxy.exposed import Exposed

MAX_TEXT = 2_000
MAX_ITEMS = 40
MAX_DEPTH = 8
_BRACKETS: dict[type, tuple[str, str]] = {
    list: ("[", "]"),
    tuple: ("(", ")"),
    dict: ("{", "}"),
    set: ("{", "}"),
    frozenset: ("frozenset({", "})"),
}


def value_text(value: object, limit: int = MAX_TEXT) -> str:
    """Return a value as Python would write it, at most `limit` characters long."""
    try:
        text = _text(value, MAX_DEPTH)
    except Exception as error:  # noqa: BLE001 (a repr of a library's value may fail in its own way)
        text = f"<{type(value).__name__} that cannot be shown: {type(error).__name__}>"
    return text if len(text) <= limit else f"{text[: limit - 20]} … ({len(text)} characters)"


def call_text(call: Recorded) -> str:
    """Return a call, or the reading of an attribute, as Python would write it."""
    if call.attribute:
        return repr(call.target)
    given = [value_text(arg) for arg in call.args]
    given += [f"{name}={value_text(arg)}" for name, arg in call.kwargs.items()]
    text = f"{call.target!r}({', '.join(given)})"
    return text if len(text) <= MAX_TEXT else f"{text[: MAX_TEXT - 20]} …"


def _text(value: Any, depth: int) -> str:
    if isinstance(value, Exposed):
        return f"<{type(value.target).__name__} of the test>"
    if type(value) in _BRACKETS:
        return _container(value, depth)
    if type(value) is int:
        return _integer(value)
    if type(value).__module__.startswith("numpy") and hasattr(value, "shape"):
        return _array(value)
    return repr(value)


def _container(value: Any, depth: int) -> str:
    if depth == 0:
        return "…"
    items = list(value.items() if type(value) is dict else value)
    shown = items[:MAX_ITEMS]
    if type(value) is dict:
        parts = [f"{_text(k, depth - 1)}: {_text(v, depth - 1)}" for k, v in shown]
    else:
        parts = [_text(item, depth - 1) for item in shown]
    if len(items) > len(shown):
        parts.append(f"… {len(items) - len(shown)} more")
    inside = ", ".join(parts)
    if type(value) in {set, frozenset} and not items:
        return f"{type(value).__name__}()"
    opening, closing = _BRACKETS[type(value)]
    comma = "," if type(value) is tuple and len(items) == 1 else ""
    return f"{opening}{inside}{comma}{closing}"


def _array(value: object) -> str:
    import numpy as np  # noqa: PLC0415 (loaded already, since the value is of it)

    with np.printoptions(threshold=60, edgeitems=4, linewidth=100):
        return repr(value)


def _integer(value: int) -> str:
    digits = value.bit_length() * 0.30103
    if digits > min(sys.get_int_max_str_digits() or 4300, 4300):
        return f"<an integer of about {int(digits)} digits>"
    return str(value)
