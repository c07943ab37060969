"""`judge problem mutate`: do the tests notice when the reference is changed a little?"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from judge.cli.options import JsonOption, ProblemsOption, catalog_of, named_problem, settings_of
from judge.cli.problems import SlugArgument
from judge.errors import SetupError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from judge.catalog import Problem
    from judge.cli.parts import Parts
    from judge.judging.mutation import MutationReport, OnOutcome, Outcome
    from judge.settings import Settings

ENOUGH = 95.0
SAID_EACH = 10  # in a pipe, where nobody waits for every line


def mutate(
    context: typer.Context,
    slug: SlugArgument,
    limit: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Judge N mutants only, the same N each time."),
    ] = None,
    only: Annotated[
        int | None, typer.Option(min=1, metavar="LINE", help="Judge mutants of that line only.")
    ] = None,
    at_least: Annotated[
        float,
        typer.Option(min=0, max=100, metavar="PERCENT", help="How many must be killed for code 0."),
    ] = ENOUGH,
    problems: ProblemsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Judge small changes of the reference, and list those that no test notices.

    Survivors want a test, or an explanation in the package's mutants.toml. Exit code: 0 enough
    are killed of those not explained, 1 too few, or an explanation explains nothing, 2 nothing
    could be judged.
    """
    from judge.cli.jsonform import print_json

    problem = named_problem(catalog_of(problems), slug)
    with _showing(problem.slug, quiet=as_json) as on_outcome:
        report = _report(
            context.obj.parts, settings_of(problems), problem, (limit, only), on_outcome
        )
    if as_json:
        print_json(_json(report))
    else:
        _show(report, at_least)
    raise typer.Exit(0 if report.percentage >= at_least and not report.complaints else 1)


def _report(
    parts: "Parts",
    settings: "Settings",
    problem: "Problem",
    chosen: tuple[int | None, int | None],
    on_outcome: "OnOutcome",
) -> "MutationReport":
    try:
        from judge.judging.mutation import Selection, mutate_problem
    except ImportError as error:
        raise SetupError(
            f"mutants are made with mutmut, which is not installed ({error}); "
            "`pip install 'mutmut>=3.8,<4'` brings it"
        ) from error
    from judge.bootstrap.kept import kept_judgements

    with ExitStack() as stack:
        judges = [
            stack.enter_context(parts.open_judge(settings, [problem.profile]))
            for _ in range(settings.concurrency)
        ]
        cache = kept_judgements(settings, judges[0].identity)
        return mutate_problem(judges, problem, Selection(*chosen), cache, on_outcome)


@contextmanager
def _showing(slug: str, *, quiet: bool) -> Iterator["OnOutcome"]:
    """Show how many mutants have been judged: a live line, or now and then one in a pipe."""
    from judge.cli.console import err, text

    console, fates = err(), list["Outcome"]()

    def line(total: int) -> str:
        lived = sum(one.fate != "killed" for one in fates)
        return f"{slug}: {len(fates)} of {total} mutants judged, {lived} not killed"

    if console.is_terminal:
        with console.status(text(f"{slug}: judging the reference")) as status:

            def update(outcome: "Outcome", total: int) -> None:
                fates.append(outcome)
                status.update(text(line(total)))

            yield update
        return

    def say(outcome: "Outcome", total: int) -> None:
        fates.append(outcome)
        if not quiet and (len(fates) % SAID_EACH == 0 or len(fates) == total):
            console.print(text(line(total)))

    yield say


def _show(report: "MutationReport", at_least: float) -> None:
    from judge.cli.console import out, text
    from judge.judging.mutation import Fate

    console = out()
    for one in report.outcomes:
        if one.fate is Fate.KILLED:
            continue
        mutant = one.mutant
        words = f": {one.words}" if one.words else ""
        console.print(text(f"line {mutant.line}, {one.fate}{words}", style="bold"))
        for sign, lines, style in (("-", mutant.before, "red"), ("+", mutant.after, "green")):
            for shown in lines.splitlines():
                console.print(text(f"  {sign} {shown}", style=style))
    for complaint in report.complaints:
        console.print(text(f"{report.problem}: {complaint}", style="red"))
    counts = ", ".join(f"{report.count(fate)} {fate}" for fate in Fate if report.count(fate))
    enough = report.percentage >= at_least
    mutants = "1 mutant" if len(report.outcomes) == 1 else f"{len(report.outcomes)} mutants"
    words = (
        f"{report.problem}: {mutants} of {report.reference}: {counts}; "
        f"{_rounded(report)} % killed of those not explained"
        f"{'' if enough else f', {at_least:g} % are asked for'}, {report.seconds:.0f} s"
    )
    console.print(text(words, style="green" if enough else "red"))


def _json(report: "MutationReport") -> "Mapping[str, object]":
    from judge.judging.mutation import Fate

    return {
        "problem": report.problem,
        "reference": report.reference,
        "counts": {fate.value: report.count(fate) for fate in Fate},
        "percentage": _rounded(report),
        "seconds": round(report.seconds, 1),
        "complaints": list(report.complaints),
        "mutants": [
            {
                "line": one.mutant.line,
                "before": one.mutant.before,
                "after": one.mutant.after,
                "fate": one.fate,
                "words": one.words,
            }
            for one in report.outcomes
        ],
    }


def _rounded(report: "MutationReport") -> float:
    """Return the percentage rounded down: 94.96 is not 95."""
    return int(report.percentage * 10) / 10
