"""Verdicts for people: a word with every colour, a letter for every cell."""

from collections.abc import Mapping
from types import MappingProxyType

from rich.text import Text

from judge.model import TestResult, Verdict

WORDS: Mapping[Verdict, str] = MappingProxyType(
    {
        Verdict.AC: "accepted",
        Verdict.WA: "wrong answer",
        Verdict.TLE: "time limit exceeded",
        Verdict.MLE: "memory limit exceeded",
        Verdict.OLE: "output limit exceeded",
        Verdict.RE: "run-time error",
        Verdict.CE: "compile error",
        Verdict.JE: "judge error",
    }
)
LEGEND = ". accepted  W wrong  T time  M memory  O output  R run-time error  J judge  - not run"

_STYLES = {Verdict.AC: "bold green", Verdict.JE: "bold magenta"}


def verdict_text(verdict: Verdict | None) -> Text:
    """Return code and words of a verdict; None is a test that did not run."""
    if verdict is None:
        return Text("-- skipped", style="dim")
    return Text(f"{verdict} {WORDS[verdict]}", style=_STYLES.get(verdict, "bold red"))


def letter(result: TestResult) -> str:
    """Return one character for a cell of the kill matrix, see LEGEND."""
    if result.verdict is None:
        return "-"
    return "." if result.verdict is Verdict.AC else result.verdict[0]
