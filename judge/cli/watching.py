"""Waiting until an author saves a file."""

from collections.abc import Iterator, Sequence
from pathlib import Path


def rounds(folders: Sequence[Path]) -> Iterator[None]:
    """Yield at once, and again whenever a file below one of the folders has changed.

    Ends when the user interrupts the waiting.
    """
    from watchfiles import watch  # which ignores what editors and Python leave behind

    yield
    for _ in watch(*folders, raise_interrupt=False):
        yield
