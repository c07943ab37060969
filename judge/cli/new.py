"""`judge problem new`: a package to begin with."""

import os
from pathlib import Path
from typing import Annotated

import typer

from judge.errors import RequestError

KINDS = "function, class, estimator, program or interactive"


def new(
    folder: Annotated[
        Path,
        typer.Argument(metavar="SLUG", help="The name of the problem, or a path that ends in it."),
    ],
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help=f"What learners write: {KINDS}.")
    ] = "function",
) -> None:
    """Write a small, complete problem that passes its own check, to be changed into yours."""
    from judge.catalog import Kind, write_package

    if kind not in {one.value for one in Kind}:
        raise RequestError(f"--kind is '{kind}'; give {KINDS}")
    for name in write_package(folder, Kind(kind)):
        typer.echo(f"  {folder / name}")
    shown = folder if folder.is_absolute() else f"{os.curdir}{os.sep}{folder}"
    typer.echo(f"written; change it, and see what `judge problem check {shown}` says")
