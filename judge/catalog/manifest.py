"""problem.toml, format 1: a strict model of what is written, a frozen record of what it means.

Unknown keys are errors: a typo in `limits` is found when the problem is written, not at the first
unexplained TLE.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, NoReturn
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from judge.catalog.complaints import Complaint, explain
from judge.catalog.problem import Adapter, Kind, Shape
from judge.catalog.signatures import entry_name, is_class
from judge.errors import ProblemError
from judge.model import Limits

WALL_PER_CPU = 3

_DEFAULT_FIELDS = MappingProxyType(
    {
        Shape.LINKED_LIST: {"value": "val", "next": "next"},
        Shape.TREE: {"value": "val", "left": "left", "right": "right"},
    }
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What problem.toml says, with every default filled in."""

    title: str
    uuid: str | None
    kind: Kind
    entry: tuple[str, ...]
    signatures: tuple[str, ...]
    profile: str
    limits: Limits
    adapters: tuple[Adapter, ...]
    forbidden: tuple[str, ...]
    difficulty: str | None
    topics: tuple[str, ...]
    tags: tuple[str, ...]
    minutes: int | None
    shows_inputs: bool


def read_manifest(text: str, path: Path) -> Manifest:
    """Read the text of a problem.toml; raise ProblemError naming `path` and the key."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProblemError(f"{path}: not valid TOML: {error}") from error
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, lists in each other
        raise ProblemError(f"{path}: cannot be read: {error}") from error
    try:
        written = _Written.model_validate(table)
    except ValidationError as error:
        complaints = [Complaint(one["loc"], one["type"], one["msg"]) for one in error.errors()]
        raise ProblemError(
            "\n".join(explain(path, one, _SECTIONS) for one in complaints)
        ) from error
    try:
        return _meaning(written)
    except _KeyFault as fault:
        raise ProblemError(f"{path}: {fault.key}: {fault}") from fault


class _KeyFault(Exception):
    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


_Seconds = Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)]
_Text = Annotated[str, Field(min_length=1)]


def _distinct(written: list[str]) -> list[str]:
    for at, one in enumerate(written):
        if one in written[:at]:
            raise ValueError(f"names {one!r} twice")
    return written


_Names = Annotated[list[_Text], AfterValidator(_distinct)]


class _Limits(_Strict):
    cpu_seconds: _Seconds | None = None
    wall_seconds: _Seconds | None = None
    import_cpu_seconds: _Seconds | None = None
    memory_mib: Annotated[int, Field(ge=16, le=64 * 1024)] | None = None
    output_kib: Annotated[int, Field(ge=1, le=64 * 1024)] | None = None
    value_kib: Annotated[int, Field(ge=1, le=64 * 1024)] | None = None


class _Adapter(_Strict):
    shape: Literal["linked_list", "tree"]
    value: str | None = None
    next: str | None = None
    left: str | None = None
    right: str | None = None
    cyclic: bool = False


class _Advice(_Strict):
    forbidden: _Names = []


def _as_list(written: object) -> object:
    return [written] if isinstance(written, str) else written


class _Written(_Strict):
    format: Literal[1] = 1
    uuid: str | None = None
    title: _Text
    entry: Annotated[list[str], BeforeValidator(_as_list)] = []
    kind: Literal["function", "class", "estimator", "program", "interactive"] | None = None
    profile: Literal["python", "ml", "deep"] = "python"
    difficulty: Literal["easy", "medium", "hard"] | None = None
    topics: _Names = []
    tags: _Names = []
    minutes: Annotated[int, Field(ge=1)] | None = None
    reveal: Literal["inputs", "verdicts"] = "inputs"
    limits: _Limits = _Limits()
    adapters: dict[str, _Adapter] = {}
    advice: _Advice = _Advice()


_SECTIONS = MappingProxyType(
    {
        "": tuple(_Written.model_fields),
        "limits": tuple(_Limits.model_fields),
        "adapters": tuple(_Adapter.model_fields),
        "advice": tuple(_Advice.model_fields),
    }
)


def _meaning(written: _Written) -> Manifest:
    kind = _kind(written)
    return Manifest(
        title=written.title,
        uuid=_uuid(written.uuid),
        kind=kind,
        entry=_entry(written, kind),
        signatures=tuple(one.strip() for one in written.entry),
        profile=written.profile,
        limits=_limits(written.limits),
        adapters=tuple(_adapter(name, one) for name, one in written.adapters.items()),
        forbidden=tuple(written.advice.forbidden),
        difficulty=written.difficulty,
        topics=tuple(written.topics),
        tags=tuple(written.tags),
        minutes=written.minutes,
        shows_inputs=written.reveal == "inputs",
    )


def _uuid(written: str | None) -> str | None:
    if written is None:
        return None
    try:
        return str(UUID(written))  # in one form, however it is written
    except ValueError:
        _refuse("uuid", f"{written!r} is not a UUID")


def _kind(written: _Written) -> Kind:
    if written.kind is not None:
        return Kind(written.kind)
    return Kind.CLASS if written.entry and is_class(written.entry[0]) else Kind.FUNCTION


def _entry(written: _Written, kind: Kind) -> tuple[str, ...]:
    if not written.entry and kind is not Kind.PROGRAM:
        _refuse(
            "entry", 'is missing; say what to define, such as entry = "def solve(n: int) -> int"'
        )
    try:
        names = tuple(entry_name(one) for one in written.entry)
    except ValueError as error:
        _refuse("entry", str(error))
    if len(set(names)) < len(names):
        _refuse("entry", f"names one thing twice: {', '.join(names)}")
    return names


def _limits(written: _Limits) -> Limits:
    given = {name: value for name, value in written.model_dump().items() if value is not None}
    if "cpu_seconds" in given:
        given.setdefault("wall_seconds", WALL_PER_CPU * given["cpu_seconds"])
    return Limits(**given)


def _adapter(name: str, written: _Adapter) -> Adapter:
    shape = Shape(written.shape)
    fields = dict(_DEFAULT_FIELDS[shape])
    if not name.isidentifier():
        _refuse("adapters", f"{name!r} is not the name of a class")
    for role in ("value", "next", "left", "right"):
        attribute: str | None = getattr(written, role)
        if attribute is None:
            continue
        if role not in fields:
            _refuse(f"adapters.{name}.{role}", f"a {shape} has no such field")
        if not attribute.isidentifier():
            _refuse(f"adapters.{name}.{role}", f"{attribute!r} is not the name of an attribute")
        fields[role] = attribute
    return Adapter(name, shape, MappingProxyType(fields), cyclic=written.cyclic)


def _refuse(key: str, message: str) -> NoReturn:
    raise _KeyFault(key, message)
