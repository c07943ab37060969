"""Pitfalls as JSON."""

from pydantic import Field

from judge.wire.base import Said
from judge.wire.examples import Example, shown

_ONE_CLASS: Example = {
    "name": "one_class",
    "title": "One class",
    "text": "The labels that reach `fit` may all be the same …\n\nIt shows as an IndexError …\n",
}


class Pitfall(Said, json_schema_extra=shown(_ONE_CLASS)):
    """What goes wrong, why, how it shows, and what to do instead."""

    name: str = Field(description="as in the `pitfall` of a test")
    title: str
    text: str = Field(description="Markdown: two paragraphs and a piece of code")


class PitfallList(Said, json_schema_extra=shown({"pitfalls": [_ONE_CLASS]})):
    """All pitfalls."""

    pitfalls: tuple[Pitfall, ...]
