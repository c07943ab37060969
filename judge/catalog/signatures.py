"""Entry points as an author writes them: a name, a `def` line or a `class` line."""

import ast
import re
from keyword import iskeyword

_CLASS = re.compile(r"class\s+(\w+)\s*(\([^)]*\))?\s*(:.*)?", re.DOTALL)


def entry_name(written: str) -> str:
    """Return the name an entry defines; raise ValueError saying what is wrong with it."""
    written = written.strip()
    if written.isidentifier() and not iskeyword(written):
        return written
    if written.startswith("class "):
        return _class_name(written)
    if written.startswith(("def ", "async def ")):
        return _function_name(written)
    raise ValueError(f"{written!r} is neither a name nor a `def` or `class` signature")


def is_class(written: str) -> bool:
    """Whether the entry is written as a class."""
    return written.lstrip().startswith("class ")


def _class_name(written: str) -> str:
    # What follows the colon is prose for people: `class Cache: get(self, key); put(self, key)`.
    found = _CLASS.fullmatch(written)
    if found is None or not found[1].isidentifier() or iskeyword(found[1]):
        raise ValueError(f"invalid signature {written!r}: write `class Name`")
    return found[1]


def _function_name(written: str) -> str:
    header = written.removesuffix("...").rstrip().removesuffix(":")
    try:
        statement = ast.parse(f"{header}: ...").body[0]
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        reason = error.msg if isinstance(error, SyntaxError) else str(error) or "too long"
        raise ValueError(f"invalid signature {written!r}: {reason}") from error
    if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        raise ValueError(f"invalid signature {written!r}")  # noqa: TRY004 (a value, not a type, is wrong)
    return statement.name
