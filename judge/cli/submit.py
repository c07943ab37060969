"""`judge submit`: judge a solution with all tests, hidden ones included."""

from typing import Annotated

import typer

from judge.cli.options import FileArgument, JsonOption, ProblemOption, ProblemsOption, settings_of
from judge.model import Verdict


def submit(
    context: typer.Context,
    file: FileArgument,
    problem: ProblemOption = None,
    problems: ProblemsOption = None,
    as_json: JsonOption = False,
    local: Annotated[  # noqa: ARG001 (the only way there is until a server exists)
        bool, typer.Option("--local", help="Judge on this machine; the default.")
    ] = False,
) -> None:
    """Judge a solution with the hidden tests.

    Exit code: 0 accepted, 1 any other verdict, 2 nothing could be judged, 3 the judge failed.
    """
    from judge.cli.console import err, out, text
    from judge.cli.jsonform import judgement_json, print_json
    from judge.cli.judgement import show_judgement
    from judge.cli.locate import problem_of, read_solution
    from judge.cli.progress import progress

    source = read_solution(file)
    wanted = problem_of(file, problem, problems)
    settings = settings_of(problems)
    with (
        progress(f"judging {wanted.slug} on this machine", quiet=as_json) as listener,
        context.obj.parts.open_judge(settings, (wanted.profile,)) as judge,
    ):
        judgement = judge.judge(wanted, source, listener, samples_only=False)
    if as_json:
        print_json(judgement_json(judgement))
        if judgement.message is not None:
            err().print(text(judgement.message))
    else:
        show_judgement(out(), judgement)
    raise typer.Exit(verdict_exit_code(judgement.verdict))


def verdict_exit_code(verdict: Verdict) -> int:
    """Return 0 for AC, 3 for JE and 1 for everything in between."""
    return {Verdict.AC: 0, Verdict.JE: 3}.get(verdict, 1)
