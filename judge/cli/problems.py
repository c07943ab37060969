"""`judge problems` and `judge show`: what there is to solve."""

from typing import TYPE_CHECKING, Annotated

import typer

from judge.cli.options import JsonOption, ProblemsOption, catalog_of, named_problem
from judge.errors import ProblemError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from judge.catalog import Catalog, Problem
    from judge.model import Limits

SlugArgument = Annotated[
    str, typer.Argument(metavar="SLUG", help="The problem, or the path of its folder.")
]


def problems(problems: ProblemsOption = None, as_json: JsonOption = False) -> None:
    """List the problems."""
    from judge.cli.console import out, table, text
    from judge.cli.jsonform import print_json

    found = list(_well_formed(catalog_of(problems)))
    if as_json:
        print_json({"problems": [_summary(problem) for problem in found]})
        return
    rows = table("Problem", "Title", "Kind", "Level", "Profile", "Minutes")
    for one in found:
        minutes = "" if one.minutes is None else str(one.minutes)
        cells = (one.slug, one.title, one.kind, one.difficulty or "", one.profile, minutes)
        rows.add_row(*map(text, cells))
    out().print(rows if found else "no problems; name a folder with --problems DIR")


def show(slug: SlugArgument, problems: ProblemsOption = None) -> None:
    """Show a problem: statement, starter, sample tests, limits and libraries."""
    from judge.catalog import LIBRARIES, starter_text
    from judge.cli.statement import show_code, show_heading, show_line, show_markdown

    problem = named_problem(catalog_of(problems), slug)
    show_heading(f"{problem.title} ({problem.slug})")
    show_markdown(problem.statement or "This problem has no statement.")
    show_code("starter", starter_text(problem))
    for name, code in (("prelude.py", problem.prelude), ("sample tests", problem.samples)):
        if code is not None:
            show_code(name, code)
    show_line("limits per test", _limits(problem.limits))
    show_line("libraries", ", ".join(LIBRARIES[problem.profile]))
    if problem.forbidden:
        show_line("please do without", ", ".join(problem.forbidden))


def _well_formed(catalog: "Catalog") -> "Iterator[Problem]":
    for slug in catalog.slugs():
        try:
            yield catalog.get(slug)
        except ProblemError as error:
            typer.echo(f"left out: {error}", err=True)


def _summary(problem: "Problem") -> dict[str, object]:
    return {
        "problem": problem.slug,
        "title": problem.title,
        "kind": problem.kind,
        "entry": list(problem.entry),
        "profile": problem.profile,
        "difficulty": problem.difficulty,
        "topics": list(problem.topics),
        "tags": list(problem.tags),
        "minutes": problem.minutes,
        "version": problem.version,
    }


def _limits(limits: "Limits") -> str:
    return (
        f"{limits.cpu_seconds:g} s CPU, {limits.wall_seconds:g} s in all, {limits.memory_mib} MiB, "
        f"{limits.output_kib} KiB printed, {limits.value_kib} KiB returned"
    )
