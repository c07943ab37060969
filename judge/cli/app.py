"""The `judge` command: its list of commands, and the one place where errors become exit codes."""

import sys
import traceback
from collections.abc import Sequence
from typing import Annotated

import typer

from judge.cli.check import check
from judge.cli.doctor import doctor
from judge.cli.history import history, status
from judge.cli.image import build, list_images
from judge.cli.mutate import mutate
from judge.cli.new import new
from judge.cli.parts import Parts, Session
from judge.cli.pitfall import pitfall
from judge.cli.plain import plain
from judge.cli.preview import preview
from judge.cli.problems import problems, show
from judge.cli.pull import pull
from judge.cli.rejudge import rejudge
from judge.cli.replay import replay
from judge.cli.reports import adopt, report, reports
from judge.cli.run import run
from judge.cli.serve import link, logs, serve, stop, work
from judge.cli.submit import submit
from judge.errors import EngineUnavailable, InfrastructureError, JudgeError

USAGE = 2
JUDGE_FAILED = 3

_HELP = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(
    name="judge",
    help="Judge solutions to coding problems, each in a throwaway container.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings=_HELP,
)
problem_app = typer.Typer(help="For authors of problems.", no_args_is_help=True)
image_app = typer.Typer(help="The images that submissions run in.", no_args_is_help=True)

app.command()(submit)
app.command()(run)
app.command()(problems)
app.command()(show)
app.command()(pull)
app.command()(pitfall)
app.command()(status)
app.command()(history)
app.command()(report)
app.command()(rejudge)
app.command()(replay)
app.command()(serve)
app.command()(stop)
app.command()(link)
app.command()(logs)
app.command(hidden=True)(work)
app.command()(doctor)
app.add_typer(problem_app, name="problem")
problem_app.command()(new)
problem_app.command()(check)
problem_app.command()(mutate)
problem_app.command()(preview)
problem_app.command()(reports)
problem_app.command()(adopt)
app.add_typer(image_app, name="image")
image_app.command()(build)
image_app.command("list")(list_images)


@app.callback()
def begin(
    context: typer.Context,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error came from.")] = False,
) -> None:
    """Judge solutions to coding problems, each in a throwaway container."""
    context.obj.debug = debug


@problem_app.callback()
def begin_problem() -> None:
    """For authors of problems."""


def main() -> None:
    """Run `judge` with the arguments of this process."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character must not cost anybody a verdict.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(execute(sys.argv[1:], Parts()))


def execute(arguments: Sequence[str], parts: Parts) -> int | str | None:
    """Run one command and return its exit code."""
    session = Session(parts)
    try:
        app(args=list(arguments), prog_name="judge", obj=session)
    except JudgeError as error:
        if session.debug:
            traceback.print_exception(error)
        typer.echo(f"error: {plain(str(error))}", err=True)
        return exit_code(error)
    except SystemExit as ended:
        return ended.code
    return 0


def exit_code(error: JudgeError) -> int:
    """Return 2 for what whoever called can mend, 3 when the judge itself failed."""
    ours = isinstance(error, InfrastructureError) and not isinstance(error, EngineUnavailable)
    return JUDGE_FAILED if ours else USAGE
