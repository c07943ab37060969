"""`judge submit`: judge a solution with all tests, hidden ones included."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from judge.cli.options import (
    FileArgument,
    JsonOption,
    LocalOption,
    ProblemOption,
    ProblemsOption,
    ServerOption,
    settings_of,
)
from judge.model import Judgement, Verdict

if TYPE_CHECKING:
    from judge.cli.parts import Parts
    from judge.cli.place import Server


def submit(
    context: typer.Context,
    file: FileArgument,
    problem: ProblemOption = None,
    problems: ProblemsOption = None,
    as_json: JsonOption = False,
    server: ServerOption = None,
    local: LocalOption = False,
) -> None:
    """Judge a solution with the hidden tests.

    A server judges it, the one of --server or one that runs on this machine; else this process.
    Ctrl-C takes it back.
    Exit code: 0 accepted, 1 any other verdict, 2 nothing could be judged, 3 the judge failed,
    130 taken back.
    """
    from judge.cli.console import err, out, text
    from judge.cli.jsonform import judgement_json, print_json
    from judge.cli.judgement import show_judgement
    from judge.cli.locate import read_solution
    from judge.cli.place import place_of

    source = read_solution(file)
    there = place_of(context.obj.parts, server, problems, local=local)
    if there is None:
        number, judgement = None, _here(context.obj.parts, file, source, problem, problems, as_json)
    else:
        number, judgement = _there(there, file, source, problem, as_json)
    if as_json:
        print_json(judgement_json(judgement, number))
        if judgement.message is not None:
            err().print(text(judgement.message))
    else:
        if number is not None:
            out().print(f"submission {number}")
        show_judgement(out(), judgement)
    raise typer.Exit(verdict_exit_code(judgement.verdict))


def verdict_exit_code(verdict: Verdict) -> int:
    """Return 0 for AC, 3 for JE and 1 for everything in between."""
    return {Verdict.AC: 0, Verdict.JE: 3}.get(verdict, 1)


def _here(
    parts: "Parts",
    file: Path,
    source: str,
    named: str | None,
    problems: list[Path] | None,
    quiet: bool,
) -> Judgement:
    from judge.cli.locate import problem_of
    from judge.cli.progress import progress

    wanted = problem_of(file, named, problems)
    with (
        progress(f"judging {wanted.slug} on this machine", quiet=quiet) as listener,
        parts.open_judge(settings_of(problems), (wanted.profile,)) as judge,
    ):
        return judge.judge(wanted, source, listener, samples_only=False)


def _there(
    server: "Server", file: Path, source: str, named: str | None, quiet: bool
) -> tuple[int, Judgement]:
    from judge.cli.locate import slug_of
    from judge.cli.progress import progress
    from judge.cli.there import submit_there
    from judge.client import connect
    from judge.errors import ServerError

    with connect(server.url, server.token) as client:
        slug = slug_of(file, named, client.slugs)
        with progress(f"judging {slug} at {server.url}", quiet=quiet) as listener:
            judged = submit_there(client, slug, source, listener)
    if judged.judgement is None:
        raise ServerError(f"submission {judged.id} has no judgement")
    return judged.id, judged.judgement.judgement()
