"""The two streams as consoles that take no text for markup; results go out, the rest to err."""

import sys

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from judge.cli.plain import plain

_PIPE_WIDTH = 10_000  # a pipe has no edge: whoever reads it wants whole lines


def out() -> Console:
    """Standard output, for results."""
    return _console(stderr=False)


def err() -> Console:
    """Standard error, for progress and everything else that is not a result."""
    return _console(stderr=True)


def text(content: str, style: str = "") -> Text:
    """Return text of unknown origin, cleaned, as rich shows it."""
    return Text(plain(content), style=style)


def table(*headings: str) -> Table:
    """Return a table without decoration that a pipe can read, too."""
    made = Table(box=SIMPLE if out().is_terminal else None, pad_edge=False, header_style="bold")
    for heading in headings:
        made.add_column(heading, overflow="fold")
    return made


def _console(*, stderr: bool) -> Console:
    is_terminal = (sys.stderr if stderr else sys.stdout).isatty()
    return Console(
        stderr=stderr,
        markup=False,
        highlight=False,
        emoji=False,
        width=None if is_terminal else _PIPE_WIDTH,
    )
