"""`judge problem preview`: the page of one problem as a learner sees it."""

import tempfile
import webbrowser
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from judge.cli.options import ProblemsOption, catalog_of, named_problem, settings_of
from judge.cli.problems import SlugArgument

if TYPE_CHECKING:
    from judge.address import Address
    from judge.bootstrap.server import NewLink


def preview(
    slug: SlugArgument,
    problems: ProblemsOption = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 0,
    in_browser: Annotated[bool, typer.Option("--open", help="Open it in a browser, too.")] = False,
) -> None:
    """Serve one problem until Ctrl-C, with its page as a learner sees it.

    A change of the package shows when the page is loaded again. What is tried there is kept
    nowhere, and a judge that is running is left alone. Exit code: 0 ended by a signal, 2 the
    package is malformed, or it could not start.
    """
    from judge.bootstrap.server import Listening, run_server

    problem = named_problem(catalog_of(problems), slug)

    def ready(address: "Address", new_link: "NewLink") -> None:
        typer.echo(f"preview of {problem.folder}, read again whenever it changes")
        typer.echo(f"open {address.url}{new_link(problem.slug)} (works once, within ten minutes)")
        typer.echo("Ctrl-C ends the preview, and nothing of it is left")
        if in_browser:
            webbrowser.open(address.url + new_link(problem.slug))

    with tempfile.TemporaryDirectory(prefix="judge-preview-") as folder:
        settings = replace(
            settings_of(problems), data_dir=Path(folder), problem_dirs=(problem.folder,)
        )
        run_server(settings, Listening(port=port), ready)
