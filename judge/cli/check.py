"""`judge problem check`: validate packages and judge their labelled submissions."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from judge.cli.options import JsonOption, ProblemsOption, catalog_of, named_problem, settings_of
from judge.errors import ProblemError, RequestError

if TYPE_CHECKING:
    from judge.catalog import Catalog, Problem
    from judge.cli.parts import Judge
    from judge.judging.check import CheckReport

SlugsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[SLUG]...", help="Problems, by name or as paths of their folders."),
]
ReferencesOption = Annotated[
    bool, typer.Option("--references", help="Judge the reference of each problem and no more.")
]


def check(
    context: typer.Context,
    slugs: SlugsArgument = None,
    every: Annotated[bool, typer.Option("--all", help="Check every problem there is.")] = False,
    references: ReferencesOption = False,
    problems: ProblemsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Judge every labelled submission and compare with the verdict its folder promises.

    Prints which submission fails which test. Exit code: 0 all agree, 1 a submission gets another
    verdict or a package is malformed, 2 nothing could be checked.
    """
    from judge.cli.jsonform import check_json, print_json

    catalog = catalog_of(problems)
    found, reports = _load(catalog, _wanted(catalog, slugs or [], every=every))
    show = _nothing if as_json else _show_references if references else _show_matrix
    for malformed in reports:
        show(malformed)
    if found:
        profiles = sorted({problem.profile for problem in found})
        with context.obj.parts.open_judge(settings_of(problems), profiles) as judge:
            for report in _reports(judge, found, references=references, quiet=as_json):
                show(report)
                reports.append(report)
    if as_json:
        print_json({"problems": [check_json(report) for report in reports]})
    raise typer.Exit(0 if all(report.ok for report in reports) else 1)


def _wanted(catalog: "Catalog", slugs: Sequence[str], *, every: bool) -> list[str]:
    if every and slugs:
        raise RequestError("give either names of problems or --all")
    if not every and not slugs:
        raise RequestError("which problems? Give their names, or --all")
    names = catalog.slugs() if every else list(slugs)
    if not names:
        raise RequestError("there are no problems; name a folder with --problems DIR")
    return names


def _load(catalog: "Catalog", names: Sequence[str]) -> tuple[list["Problem"], list["CheckReport"]]:
    from judge.judging.check import CheckReport

    found, malformed = [], []
    for name in names:
        try:
            found.append(named_problem(catalog, name))
        except ProblemError as error:
            malformed.append(CheckReport(name, complaints=(str(error),)))
    return found, malformed


def _reports(
    judge: "Judge", found: Sequence["Problem"], *, references: bool, quiet: bool
) -> Iterator["CheckReport"]:
    from judge.cli.progress import counting
    from judge.judging.check import check_problem

    for problem in found:
        total = 1 if references else len(problem.submissions)
        with counting(problem.slug, total, quiet=quiet) as on_result:
            report = check_problem(judge, problem, on_result, references_only=references)
        yield report


def _nothing(_: "CheckReport") -> None:
    """Print nothing: the object at the end says it all."""


def _show_matrix(report: "CheckReport") -> None:
    from judge.cli.console import out
    from judge.cli.matrix import show_matrix

    show_matrix(out(), report)


def _show_references(report: "CheckReport") -> None:
    from judge.cli.console import out
    from judge.cli.matrix import show_references

    show_references(out(), report)
