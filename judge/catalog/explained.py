"""mutants.toml: why some mutants of the reference may live; for authors, never for learners."""

import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from judge.catalog.complaints import Complaint, explain
from judge.catalog.problem import MUTANTS, Explained
from judge.errors import ProblemError

_Text = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class _Entry(_Strict):
    before: _Text
    after: str | None = None  # empty where the change takes the line away
    why: _Text


class _Written(_Strict):
    explained: list[_Entry] = []


_SECTIONS = MappingProxyType(
    {"": tuple(_Written.model_fields), "explained": tuple(_Entry.model_fields)}
)


def read_explained(text: str, folder: Path) -> tuple[Explained, ...]:
    """Read the text of a mutants.toml; raise ProblemError naming the file and the key."""
    path = folder / MUTANTS
    try:
        written = _Written.model_validate(tomllib.loads(text))
    except ValidationError as error:
        complaints = [Complaint(one["loc"], one["type"], one["msg"]) for one in error.errors()]
        raise ProblemError(
            "\n".join(explain(path, one, _SECTIONS) for one in complaints)
        ) from error
    except (ValueError, RecursionError) as error:  # TOMLDecodeError is the first
        raise ProblemError(f"{path}: not valid TOML: {error}") from error
    return tuple(Explained(one.before, one.after, one.why) for one in written.explained)
