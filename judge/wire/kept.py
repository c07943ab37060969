"""A judgement as a file for ourselves alone: all of it, what is never told included."""

from pydantic import TypeAdapter, ValidationError

from judge.model import Judgement

_form = TypeAdapter(Judgement)


def write_judgement(judgement: Judgement) -> bytes:
    """Return a judgement as JSON."""
    return _form.dump_json(judgement)


def read_judgement(content: bytes) -> Judgement | None:
    """Return the judgement of `write_judgement`, None for anything else."""
    try:
        return _form.validate_json(content)
    except ValidationError:
        return None
