"""The kill matrix: which submission fails which test, one character per test."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from judge.cli.console import table, text
from judge.cli.verdicts import LEGEND, letter, verdict_text
from judge.judging.check import Checked, CheckReport
from judge.model import TestResult


def show_matrix(console: Console, report: CheckReport) -> None:
    """Print a row per submission and a column per group of tests, then all disagreements."""
    groups = list(dict.fromkeys(test.group for test in _tests(report.results)))
    cached = [""] if any(one.cached for one in report.results) else []
    rows = table("Submission", "Expected", "Got", *groups, *cached)
    for one in report.results:
        rows.add_row(
            text(one.labelled.name),
            one.labelled.expected,
            _got(one),
            *(_cell(one, group) for group in groups),
            *([text("cached", style="dim")] if one.cached else []),
        )
    console.print(text(report.problem, style="bold"))
    if report.results:
        console.print(rows)
        console.print(text(LEGEND, style="dim"))
    show_disagreements(console, report)


def show_references(console: Console, report: CheckReport) -> None:
    """Print one line for the reference of a problem, or what is wrong."""
    for one in report.results:
        line = Text.assemble(
            text(f"{report.problem}: {one.labelled.name} "), verdict_text(one.judgement.verdict)
        )
        cached = ", cached" if one.cached else ""
        console.print(line.append(f", {one.judgement.cpu_seconds:.2f} s CPU{cached}"))
    if not report.ok or report.warnings:
        show_disagreements(console, report)


def show_disagreements(console: Console, report: CheckReport) -> None:
    """Print every failure and complaint with the file it is about, or that there is none."""
    for complaint in report.complaints:
        console.print(text(f"{report.problem}: {complaint}", style="red"))
    for one in report.results:
        for failure in one.failures:
            console.print(text(f"{report.problem}/{one.labelled.name}: {failure}", style="red"))
    for warning in report.warnings:
        console.print(text(f"{report.problem}: warning: {warning}", style="yellow"))
    if report.ok and report.results:
        console.print(text(f"{report.problem}: all {len(report.results)} as expected"))
    console.print()


def _tests(results: Iterable[Checked]) -> Iterator[TestResult]:
    return (test for one in results for test in one.judgement.tests)


def _got(one: Checked) -> Text:
    agrees = one.judgement.verdict is one.labelled.expected
    return text(one.judgement.verdict, style="green" if agrees else "bold red")


def _cell(one: Checked, group: str) -> Text:
    return Text("".join(letter(test) for test in one.judgement.tests if test.group == group))
