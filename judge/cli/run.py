"""`judge run`: the sample tests, or an input of one's own beside the reference's answer."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from judge.cli.options import (
    FileArgument,
    LocalOption,
    ProblemOption,
    ProblemsOption,
    ServerOption,
    settings_of,
)
from judge.cli.submit import verdict_exit_code
from judge.errors import RequestError, ServerError
from judge.model import Judgement, Trial, Verdict

if TYPE_CHECKING:
    from judge.catalog import Problem
    from judge.cli.parts import Parts
    from judge.cli.place import Server


def run(
    context: typer.Context,
    file: FileArgument,
    problem: ProblemOption = None,
    args: Annotated[
        str | None,
        typer.Option(metavar="JSON", help="Your own arguments as a list: '[[2, 7], 9]'."),
    ] = None,
    stdin: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your own input, where a program is asked.")
    ] = None,
    problems: ProblemsOption = None,
    server: ServerOption = None,
    local: LocalOption = False,
) -> None:
    """Try a solution with the sample tests, or with your own input.

    Where, is as for `judge submit`.
    Exit code: 0 all as it should be, 1 not so, 2 nothing could be run, 3 the judge failed.
    """
    from judge.cli.locate import problem_of, read_solution
    from judge.cli.place import place_of

    source = read_solution(file)
    arguments = None if args is None else parse_arguments(args)
    typed = None if stdin is None else _read_input(stdin)
    there = place_of(context.obj.parts, server, problems, local=local)
    if there is None:
        wanted = problem_of(file, problem, problems)
        _check_input(wanted, arguments, stdin)
        outcome = _here(context.obj.parts, wanted, source, arguments, typed, problems)
    else:
        outcome = _there(there, file, problem, source, arguments, typed)
    code = _report_samples(outcome) if isinstance(outcome, Judgement) else _report_trial(outcome)
    raise typer.Exit(code)


def _here(
    parts: "Parts",
    wanted: "Problem",
    source: str,
    arguments: list[object] | None,
    typed: str | None,
    problems: list[Path] | None,
) -> Judgement | Trial:
    from judge.cli.progress import progress

    with (
        progress(f"running {wanted.slug} on this machine") as listener,
        parts.open_judge(settings_of(problems), (wanted.profile,)) as judge,
    ):
        if arguments is None and typed is None:
            return judge.judge(wanted, source, listener, samples_only=True)
        return judge.try_input(wanted, source, arguments, typed, listener)


def _there(
    server: "Server",
    file: Path,
    named: str | None,
    source: str,
    arguments: list[object] | None,
    typed: str | None,
) -> Judgement | Trial:
    from judge import wire
    from judge.cli.locate import slug_of
    from judge.cli.progress import progress
    from judge.cli.there import new_key, run_there
    from judge.client import connect

    with connect(server.url, server.token) as client:
        slug = slug_of(file, named, client.slugs)
        new = wire.NewRun(
            problem=slug,
            source=source,
            args=arguments,
            stdin=typed,
            key=new_key(),
        )
        with progress(f"running {slug} at {server.url}") as listener:
            done = run_there(client, new, listener)
    if done.trial is not None:
        return Trial(**done.trial.model_dump())
    if done.judgement is None:
        raise ServerError(f"run {done.id} came to nothing")
    return done.judgement.judgement()


def parse_arguments(written: str) -> list[object]:
    """Return the arguments; raise RequestError pointing at the character that is not JSON."""
    try:
        arguments = json.loads(written)
    except json.JSONDecodeError as error:
        line = written.splitlines()[error.lineno - 1] if written.strip() else ""
        pointer = " " * (error.colno - 1) + "^"
        raise RequestError(
            f"--args is not JSON: {error.msg}, column {error.colno}\n  {line}\n  {pointer}"
        ) from error
    except (RecursionError, ValueError) as error:
        raise RequestError(f"--args cannot be read: {error}") from error
    if not isinstance(arguments, list):
        raise RequestError(f"--args must be a list of all arguments: write '[{written.strip()}]'")
    return arguments


def _check_input(problem: "Problem", arguments: list[object] | None, stdin: Path | None) -> None:
    from judge.catalog import Kind

    is_program = problem.kind is Kind.PROGRAM
    if stdin is not None and not is_program:
        raise RequestError(f"'{problem.slug}' reads no input: give arguments with --args")
    if arguments is not None and problem.kind not in (Kind.FUNCTION, Kind.PROGRAM):
        raise RequestError(
            f"--args calls a function, and '{problem.slug}' asks for something else "
            f"({problem.kind}); write a test in test_samples.py of a `judge pull`ed folder instead"
        )
    if arguments is None and stdin is None and not problem.has_samples:
        own = "--stdin FILE" if is_program else "--args"
        raise RequestError(f"'{problem.slug}' has no sample tests; give an input with {own}")


def _read_input(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise RequestError(f"{file}: cannot be read as text: {error}") from error


def _report_samples(judgement: Judgement) -> int:
    from judge.cli.console import out, text
    from judge.cli.judgement import is_failure, show_failure, show_tests

    console = out()
    show_tests(console, judgement.tests)
    if judgement.message is not None:
        console.print(text(judgement.message))
    for failed in filter(is_failure, judgement.tests):
        show_failure(console, failed)
    passed = sum(one.verdict is Verdict.AC for one in judgement.tests)
    console.print(
        text(f"{passed} of {len(judgement.tests)} sample tests; hidden tests run on submit")
    )
    return verdict_exit_code(judgement.verdict)


def _report_trial(trial: Trial) -> int:
    from judge.cli.trial import show_trial

    if trial.refused is not None:
        raise RequestError(f"the problem does not allow this input: {trial.refused}")
    show_trial(trial)
    return 1 if trial.error is not None or trial.matches is False else 0
