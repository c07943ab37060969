"""A judgement for people: a table of tests, what went wrong first, and the verdict last."""

from dataclasses import replace
from textwrap import indent

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from judge.cli.console import table, text
from judge.cli.verdicts import verdict_text
from judge.model import Counterexample, Judgement, TestResult, Verdict


def show_judgement(console: Console, judgement: Judgement) -> None:
    """Print all of a submission's judgement."""
    show_tests(console, judgement.tests)
    failed = next((one for one in judgement.tests if is_failure(one)), None)
    if failed is not None:
        show_failure(console, replace(failed, message=_hinted(failed, judgement)))
    elif judgement.message is not None:
        console.print(text(judgement.message))
    if judgement.counterexample is not None:
        show_counterexample(console, judgement.counterexample)
    console.print(_summary(judgement))


def _hinted(failed: TestResult, judgement: Judgement) -> str | None:
    """Return what is said of the first failure, with a hint that came after all tests had ended."""
    said, whole = failed.message or "", judgement.message or ""
    return whole if said and whole.startswith(f"{said}\n") else failed.message


def show_tests(console: Console, tests: tuple[TestResult, ...]) -> None:
    """Print one line per test: name, verdict, CPU time."""
    if not tests:
        return
    rows = table("Test", "Verdict", "CPU")
    rows.columns[2].justify = "right"
    for result in tests:
        cpu = "" if result.verdict is None else f"{result.cpu_seconds:.3f} s"
        rows.add_row(text(result.name), verdict_text(result.verdict), cpu)
    console.print(rows)


def is_failure(result: TestResult) -> bool:
    """Whether a test ran and was not passed."""
    return result.verdict not in (None, Verdict.AC)


def show_failure(console: Console, failed: TestResult) -> None:
    """Print why a test was not passed, and for a sample what it printed."""
    if failed.message is not None:
        _block(console, f"{failed.name}:", failed.message)
    if failed.pitfall is not None:
        spoken = failed.pitfall.replace("_", " ")
        console.print(text(f"Pitfall: {spoken}; `judge pitfall {failed.pitfall}` explains it"))
    if failed.stdout:
        _block(console, f"{failed.name} printed:", failed.stdout)


def show_counterexample(console: Console, found: Counterexample) -> None:
    """Print the smallest failing input that was found."""
    lines = [f"input     {found.input}", f"output    {found.output}"]
    if found.expected is not None:
        lines.append(f"expected  {found.expected}")
    heading = "smallest failing input:" if found.minimal else "a failing input (not minimal):"
    _block(console, heading, "\n".join(lines))


def _block(console: Console, heading: str, content: str) -> None:
    console.print(text(heading, style="bold"))
    if console.is_terminal:
        console.print(Padding(text(content.rstrip()), (0, 0, 1, 2), expand=False))
    else:  # padding would make every line as long as the longest
        console.print(text(indent(content.rstrip(), "  ") + "\n"), soft_wrap=True)


def _summary(judgement: Judgement) -> Text:
    return Text.assemble(
        text(f"{judgement.problem}: "),
        verdict_text(judgement.verdict),
        f", {judgement.points} of {judgement.max_points} points, "
        f"{judgement.cpu_seconds:.2f} s CPU, {judgement.peak_memory_mib:.0f} MiB, "
        f"judged in {judgement.judging_seconds:.1f} s",
    )
