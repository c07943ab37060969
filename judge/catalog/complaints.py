"""What a strict model complains about, in words for the author of a problem."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Complaint:
    """One finding of the model: where, of what type, in the model's own words."""

    where: tuple[int | str, ...]
    kind: str
    words: str


def explain(path: Path, complaint: Complaint, sections: Mapping[str, Sequence[str]]) -> str:
    """Say it as `…/problem.toml: limits.cpu_secondz: unknown key; did you mean cpu_seconds?`.

    `sections` names the known keys of every table; the top level is "".
    """
    return f"{path}: {_key(complaint.where)}: {_reason(complaint, sections)}"


def _key(where: tuple[int | str, ...]) -> str:
    key = ""
    for part in where:
        key += f"[{part}]" if isinstance(part, int) else f".{part}"
    return key.removeprefix(".")


def _reason(complaint: Complaint, sections: Mapping[str, Sequence[str]]) -> str:
    match complaint.kind:
        case "extra_forbidden":
            section = str(complaint.where[0]) if len(complaint.where) > 1 else ""
            return f"unknown key; {_hint(str(complaint.where[-1]), sections[section])}"
        case "missing":
            return "is missing"
        case _:
            words = complaint.words.removeprefix("Input ").removeprefix("Value error, ")
            return words[:1].lower() + words[1:]


def _hint(key: str, known: Sequence[str]) -> str:
    similar = get_close_matches(key, known, n=1)
    return f"did you mean {similar[0]}?" if similar else f"known keys are {', '.join(known)}"
