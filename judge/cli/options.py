"""Options that several commands share, and how they name problems."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from judge.errors import RequestError, UnknownProblem
from judge.settings import Settings

if TYPE_CHECKING:
    from judge.catalog import Catalog, Problem

ProblemsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--problems",
        metavar="DIR",
        help="Another folder of problems, or one problem's folder; may be given several times.",
    ),
]
ProblemOption = Annotated[
    str | None,
    typer.Option("--problem", metavar="SLUG", help="The problem; found from FILE when left out."),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print one JSON object on standard output.")
]
ServerOption = Annotated[
    str | None,
    typer.Option(
        "--server",
        metavar="URL",
        envvar="JUDGE_SERVER",
        help="The judge to ask; the one running on this machine when left out.",
    ),
]
LocalOption = Annotated[
    bool, typer.Option("--local", help="Judge in this process, whatever server there is.")
]
FileArgument = Annotated[
    Path, typer.Argument(metavar="FILE", help="The solution; - reads standard input.")
]


def settings_of(problems: Sequence[Path] | None) -> Settings:
    """Return the settings with the folders of `--problems` in front."""
    return Settings.from_environment(tuple(problems or ()))


def catalog_of(problems: Sequence[Path] | None) -> "Catalog":
    """Return the catalogue; a problem in a folder of `--problems` hides a bundled namesake."""
    from judge.catalog import Catalog

    return Catalog(tuple(problems or ()), defaults=Settings.from_environment().problem_dirs)


def named_problem(catalog: "Catalog", name: str) -> "Problem":
    """Return the problem of a slug, or of a folder when `name` is written as a path."""
    from judge.catalog import load_problem

    is_path = os.sep in name or name in {os.curdir, os.pardir}
    if is_path and Path(name).is_dir():
        return load_problem(Path(name))
    try:
        return catalog.get(name)
    except UnknownProblem:
        if is_path:
            raise RequestError(f"unknown problem '{name}': there is no such folder") from None
        if Path(name).is_dir():
            raise RequestError(
                f"unknown problem '{name}'; for the folder of that name here write "
                f"{os.curdir}{os.sep}{name}"
            ) from None
        raise
