"""What happens while judging: a live line in a terminal, plain lines in a pipe."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from types import MappingProxyType

from rich.console import Console

from judge.cli.console import err, text
from judge.cli.verdicts import verdict_text
from judge.judging.events import (
    AttemptFailed,
    Event,
    PhaseStarted,
    SearchFailed,
    TestEnded,
    TestsCollected,
)

PHASES: Mapping[str, str] = MappingProxyType(
    {
        "image": "looking for the image",
        "box": "starting the box",
        "grader": "starting the grader",
        "collect": "collecting the tests",
        "tests": "running the tests",
        "example": "looking for the smallest input that fails",
    }
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A submission is somewhere before its judging; only a server says so."""

    words: str


Heard = Event | Waiting


@contextmanager
def progress(title: str, *, quiet: bool = False) -> Iterator[Callable[[Heard], None]]:
    """Show what a judge reports; `quiet` says nothing where nobody watches a terminal."""
    console = err()
    if console.is_terminal:
        with console.status(text(title)) as status:
            story = _Story(title)
            yield lambda event: status.update(text(story.line(event)))
    elif quiet:
        yield lambda _heard: None
    else:
        console.print(text(title))
        yield _Lines(console)


@contextmanager
def counting(title: str, total: int, *, quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """Show how much of a problem has been judged, and what came of the last of it."""
    console = err()
    if console.is_terminal:
        with console.status(text(f"{title}: 0 of {total}")) as status:
            yield _Count(title, total, lambda line: status.update(text(line)))
    elif quiet:
        yield lambda _: None
    else:
        yield _Count(title, total, lambda line: console.print(text(line)))


class _Count:
    def __init__(self, title: str, total: int, say: Callable[[str], None]) -> None:
        self._title = title
        self._total = total
        self._say = say
        self._judged = 0

    def __call__(self, last: str) -> None:
        self._judged += 1
        self._say(f"{self._title}: {self._judged} of {self._total}, {last}")


class _Story:
    def __init__(self, title: str) -> None:
        self._title = title
        self._total = 0

    def line(self, event: Heard) -> str:
        match event:
            case PhaseStarted():
                return f"{self._title}: {PHASES.get(event.name, event.name)}"
            case TestsCollected():
                self._total = event.total
                return f"{self._title}: {event.total} tests"
            case TestEnded():
                verdict = verdict_text(event.result.verdict)
                count = f"tests {event.index + 1}/{self._total}"
                return f"{self._title}: {count}, {event.result.name} {verdict}"
            case AttemptFailed():
                return f"{self._title}: {_failed(event)}"
            case Waiting() | SearchFailed():  # of the latter its author is told
                return f"{self._title}: {getattr(event, 'words', 'no example')}"


class _Lines:
    def __init__(self, console: Console) -> None:
        self._console = console

    def __call__(self, event: Heard) -> None:
        match event:
            case PhaseStarted():
                self._console.print(text(PHASES.get(event.name, event.name)))
            case TestsCollected():
                pass  # the number grows while tests are found; a line for each would be noise
            case SearchFailed():
                pass  # `judge problem check` tells its author
            case TestEnded(result=result):
                self._console.print(text(f"{result.name} {verdict_text(result.verdict)}"))
            case AttemptFailed():
                self._console.print(text(_failed(event)))
            case Waiting():
                self._console.print(text(event.words))


def _failed(event: AttemptFailed) -> str:
    return f"the judge failed in attempt {event.attempt}: {event.error}"
