"""What is said about each pitfall: one text, read where a command or a page shows it.

`judge.testing.pitfalls` has the inputs. They are apart since the text needs no numpy and no grader.
"""

import difflib
import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from judge.errors import UnknownPitfall

_TEXT = Path(__file__).with_name("pitfalls.md")
_SECTION = re.compile(r"^## (.+)\n+((?:(?!## ).*\n?)+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Pitfall:
    """A pitfall as people read it; `text` is Markdown: two paragraphs and some code."""

    name: str
    title: str
    text: str


@functools.cache
def pitfalls() -> Mapping[str, Pitfall]:
    """Return all pitfalls by name, in the order in which they are written down."""
    sections = _SECTION.findall(_TEXT.read_text(encoding="utf-8"))
    read = [
        Pitfall(re.sub(r"\W", "_", title).lower(), title, text.strip()) for title, text in sections
    ]
    return {one.name: one for one in read}


def pitfall(name: str) -> Pitfall:
    """Return one pitfall; raise UnknownPitfall, which suggests the nearest."""
    found = pitfalls().get(name)
    if found is None:
        raise UnknownPitfall(name, difflib.get_close_matches(name, pitfalls(), n=2))
    return found
