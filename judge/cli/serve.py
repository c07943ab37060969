"""`judge serve` and what goes with it: the server in front or in the background, its end, links."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from judge.cli.options import ProblemsOption, ServerOption, settings_of
from judge.cli.plain import plain
from judge.errors import SetupError

if TYPE_CHECKING:
    from collections.abc import Callable

    from judge.address import Address
    from judge.settings import Settings

START_SECONDS = 30.0
STOP_SECONDS = 15.0
LAST_LINES = 20
FOLLOW_SECONDS = 0.3


def serve(
    problems: ProblemsOption = None,
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 8642,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Another name that the judge may be called by."),
    ] = None,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Let other machines in, without encryption.")
    ] = False,
    detach: Annotated[
        bool, typer.Option("--detach", help="Go on in the background; log in the data directory.")
    ] = False,
) -> None:
    """Serve the page and the API, and judge what is submitted.

    Exit code: 0 ended by a signal (or running, with --detach), 2 it could not start.
    """
    from judge.address import read_address

    settings = settings_of(problems)
    if detach:
        address = read_address(settings.data_dir)
        if address is None:
            address = _start(settings, sys.argv[1:])
        else:
            typer.echo(f"the judge is running already (process {address.pid})")
        _greet(settings, address, _new_link(settings, address))
        return
    from judge.bootstrap.server import Listening, run_server

    _log_to_stderr()
    where = Listening(host, port, tuple(allow_host or ()), insecure)

    def ready(address: "Address", new_link: "Callable[[], str]") -> None:
        # A log file must not hold what lets somebody in.
        _greet(settings, address, new_link() if sys.stdout.isatty() else None)

    run_server(settings, where, ready)


def work(problems: ProblemsOption = None) -> None:
    """Judge what is queued, as a child of the server."""
    from judge.bootstrap.worker import run_worker

    _log_to_stderr()
    run_worker(settings_of(problems))


def stop() -> None:
    """Stop the judge of the data directory; what is being judged is queued again.

    Exit code: 0 it has ended, or none was running.
    """
    from judge.address import is_served, read_address

    data_dir = settings_of(None).data_dir
    address = read_address(data_dir)
    if address is None:
        typer.echo("no judge is running")
        return
    os.kill(address.pid, signal.SIGTERM)
    until = time.monotonic() + STOP_SECONDS
    while is_served(data_dir) and time.monotonic() < until:
        time.sleep(0.05)
    if is_served(data_dir):
        raise SetupError(f"process {address.pid} does not end; `kill -9 {address.pid}` ends it")
    typer.echo("stopped")


def logs(
    follow: Annotated[bool, typer.Option("--follow", help="Go on until Ctrl-C.")] = False,
    lines: Annotated[int, typer.Option(min=0, help="How many to begin with.")] = LAST_LINES,
) -> None:
    """Show the log of a judge in the background."""
    from judge.address import LOG

    path = settings_of(None).data_dir / LOG
    if not path.is_file():
        raise SetupError(f"{path} does not exist; `judge serve --detach` writes it")
    typer.echo(_tail(path, 0, lines))
    with path.open(encoding="utf-8", errors="replace") as log:
        log.seek(0, os.SEEK_END)
        while follow:
            typer.echo(log.read(), nl=False)
            time.sleep(FOLLOW_SECONDS)


def link(context: typer.Context, server: ServerOption = None) -> None:
    """Print an address that lets one browser in, once, within ten minutes."""
    from judge.cli.place import server_of
    from judge.client import connect

    there = server_of(context.obj.parts, server)
    with connect(there.url, there.token) as client:
        typer.echo(there.url.rstrip("/") + client.new_link().path)


def _start(settings: "Settings", arguments: list[str]) -> "Address":
    """Start the same command without --detach, and wait until it answers."""
    from judge.address import LOG, open_log, read_address

    log = settings.data_dir / LOG
    again = [sys.executable, "-m", "judge", *(one for one in arguments if one != "--detach")]
    with open_log(settings.data_dir) as written:
        begin = written.tell()
        process = subprocess.Popen(  # noqa: S603 (this very command)
            again,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
            start_new_session=True,
            cwd=settings.data_dir,
            env={**os.environ, **_absolute(settings)},
        )
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        address = read_address(settings.data_dir)
        if address is not None and address.pid == process.pid:
            return address
        time.sleep(0.05)
    said = _tail(log, begin)
    raise SetupError(f"the judge did not start; {log} says:\n{said}")


def _absolute(settings: "Settings") -> dict[str, str]:
    """Return the settings as they are meant here, for a process that begins elsewhere."""
    folders = os.pathsep.join(str(folder.resolve()) for folder in settings.problem_dirs)
    return {"JUDGE_DATA": str(settings.data_dir.resolve()), "JUDGE_PROBLEMS": folders}


def _tail(log: Path, begin: int, count: int = LAST_LINES) -> str:
    with log.open(encoding="utf-8", errors="replace") as written:
        written.seek(begin)
        return "".join(deque(written, count)).rstrip("\n")


def _greet(settings: "Settings", address: "Address", path: str | None) -> None:
    typer.echo(f"judge {address.version} at {address.url}, data in {settings.data_dir}")
    if path is None:
        typer.echo("`judge link` prints an address that lets a browser in")
    else:
        typer.echo(f"open {address.url}{path} (works once, within ten minutes)")


def _new_link(settings: "Settings", address: "Address") -> str:
    from judge.address import read_token
    from judge.client import connect

    with connect(address.url, read_token(settings.data_dir)) as client:
        return client.new_link().path


def _log_to_stderr() -> None:
    shown = logging.StreamHandler()
    shown.setFormatter(_PlainFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[shown])
    logging.getLogger("judge").setLevel(logging.INFO)


class _PlainFormatter(logging.Formatter):
    """Errors may quote what a submission wrote, and a log is read in a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        return plain(super().format(record))
