"""`judge pull`: a folder to work in, which knows its problem."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from judge.cli.options import ProblemsOption, catalog_of, named_problem
from judge.cli.problems import SlugArgument
from judge.errors import RequestError
from judge.settings import Settings

if TYPE_CHECKING:
    from judge.catalog import Problem

SOLUTION = "solution.py"

_PYTEST_INI = """\
[pytest]
addopts = -p judge.testing.local
python_files = test_*.py
"""


def pull(
    slug: SlugArgument,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="Where to; a folder named after the problem."),
    ] = None,
    problems: ProblemsOption = None,
    force: Annotated[
        bool, typer.Option("--force", help=f"Overwrite a {SOLUTION} that is there already.")
    ] = False,
) -> None:
    """Make a folder with the statement, a solution to write and sample tests to run with pytest."""
    problem = named_problem(catalog_of(problems), slug)
    target = Path(problem.slug) if folder is None else folder
    if (target / SOLUTION).exists() and not force:
        raise RequestError(
            f"{target / SOLUTION} is there already; --force overwrites it, another DIR keeps it"
        )
    _write(target, dict(_contents(problem)))
    typer.echo(f"{target}: edit {SOLUTION}, run `pytest` there, then `judge submit {SOLUTION}`")


def _write(folder: Path, contents: Mapping[str, str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            (folder / name).write_text(content, encoding="utf-8")
    except OSError as error:
        raise RequestError(f"{folder}: cannot be written: {error.strerror}") from error


def _contents(problem: "Problem") -> Iterator[tuple[str, str]]:
    from judge.catalog import starter_text
    from judge.cli.locate import PULLED

    yield SOLUTION, starter_text(problem)
    yield "statement.md", problem.statement or f"# {problem.title}\n"
    if problem.samples is not None:
        yield "test_samples.py", problem.samples
    if problem.prelude is not None:
        yield "prelude.py", problem.prelude
    yield "pytest.ini", _PYTEST_INI
    yield PULLED, _note(problem)


def _note(problem: "Problem") -> str:
    """What the folder remembers: the names of the problem, and where it lies if not with us."""
    lines = [
        "# Written by `judge pull`; read by `judge submit`, `judge run` and pytest.",
        f"problem = {_quoted(problem.slug)}",
        f"kind = {_quoted(problem.kind)}",
        f"entry = [{', '.join(map(_quoted, problem.entry))}]",
        f"profile = {_quoted(problem.profile)}",
    ]
    bundled = (root.resolve() for root in Settings.from_environment().problem_dirs)
    if problem.folder.parent not in bundled:
        lines.append(f"package = {_quoted(str(problem.folder))}")
    for adapter in problem.adapters:
        lines += ["", f"[adapters.{adapter.name}]", f"shape = {_quoted(adapter.shape)}"]
        lines += [f"{role} = {_quoted(name)}" for role, name in adapter.fields.items()]
        lines.append(f"cyclic = {str(adapter.cyclic).lower()}")
    return "\n".join(lines) + "\n"


def _quoted(content: str) -> str:
    # A JSON string is a TOML string as long as nothing beyond ASCII is written as surrogates.
    return json.dumps(content, ensure_ascii=False)
