"""The failing input that is shown, and the hint: what tests found, or the search after them."""

from dataclasses import replace

from judge.grading import Found
from judge.judging import words
from judge.model import Counterexample, Limits, TestResult, Verdict

# Of the process that is asked for smaller and smaller inputs; the grader stops long before.
SEARCH_SECONDS = 6.0
MAX_SEARCHES = 300  # processes, as an input may end its own
# What a smaller input cannot be looked for: the program is too slow, too large or no program.
_HOPELESS = frozenset({Verdict.CE, Verdict.TLE, Verdict.MLE, Verdict.OLE})


class Example:
    """Keeps the best example there is so far."""

    def __init__(self, *, shown: bool) -> None:
        """Begin with nothing; without `shown` only what samples show is kept."""
        self._is_shown = shown
        self.counterexample: Counterexample | None = None
        self._hint: str | None = None
        self._of_sample = False

    def keep(self, found: Counterexample | None, verdict: Verdict, *, sample: bool) -> None:
        """Keep the first one; what a property shrank is smaller than any sample."""
        shown = words.complete(found, verdict) if sample or self._is_shown else None
        better = self.counterexample is None or (self._of_sample and not sample)
        if shown is not None and better:
            self.counterexample, self._of_sample = shown, sample

    def found(self, found: Found) -> None:
        """Keep what the search found, unless a property has shrunk its own to the end."""
        self._hint = found.hint
        shown = words.complete(found.counterexample, Verdict.RE)
        kept = self.counterexample
        if not self._is_shown:
            return
        if shown is not None and (kept is None or self._of_sample or not kept.minimal):
            self.counterexample = shown

    def hinted(self, message: str | None) -> str | None:
        """Return a message with the hint, if there is one."""
        if message is None or self._hint is None:
            return message
        return f"{message}\nHint: it fails like a known mistake: {self._hint}"


def is_searchable(results: list[TestResult]) -> bool:
    """Whether an example may be found: of what failed, the first was wrong or raised."""
    failed = (r.verdict for r in results if r.verdict not in {None, Verdict.AC})
    first = next(failed, None)
    return first is not None and first not in _HOPELESS


def search_limits(limits: Limits) -> Limits:
    """Return the limits of the process that is asked."""
    return replace(limits, cpu_seconds=SEARCH_SECONDS, wall_seconds=SEARCH_SECONDS)
