"""Text that programs wrote, made such that every database and every client can take it."""

from typing import TypeVar, cast

Value = TypeVar("Value")


def readable(value: Value) -> Value:
    r"""Return a value of JSON without halves of surrogate pairs, which no UTF-8 can say.

    A program may raise `ValueError("\ud800")`; what it said reaches us as it was.
    """
    return cast("Value", _readable(value))


def _readable(value: object) -> object:
    match value:
        case str():
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        case dict():
            return {key: _readable(part) for key, part in value.items()}
        case list() | tuple():
            return [_readable(part) for part in value]
        case _:
            return value
