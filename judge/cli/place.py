"""Where a solution is judged: by a server, named or running here, or in this process."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from judge.address import LOOPBACK, read_token
from judge.cli.options import settings_of
from judge.cli.parts import Parts
from judge.errors import RequestError, SetupError
from judge.settings import Settings


@dataclass(frozen=True, slots=True)
class Server:
    """A server and the token that it is shown."""

    url: str
    token: str | None


def place_of(
    parts: Parts, named: str | None, problems: Sequence[Path] | None, *, local: bool
) -> Server | None:
    """Return the server to ask; None for judging here.

    `--local` and `--problems` mean here; then the server of `--server` or JUDGE_SERVER; then the
    one that runs on this machine.
    """
    if local or problems:
        if named is not None and not os.environ.get("JUDGE_SERVER"):
            option = "--local" if local else "--problems"
            raise RequestError(f"{option} judges here and --server there; give one of them")
        return None
    return _found(parts, named)


def server_of(parts: Parts, named: str | None) -> Server:
    """Return the server to ask; raise SetupError when there is none."""
    found = _found(parts, named)
    if found is None:
        raise SetupError("no judge is running here; start one with `judge serve --detach`")
    return found


def _found(parts: Parts, named: str | None) -> Server | None:
    if named is not None and not named.strip():
        raise RequestError("--server names nothing; give the address of a judge")
    settings = settings_of(None)
    running = parts.find_server(settings)
    url = named or (None if running is None else running.url)
    return None if url is None else Server(url, _token(settings, url))


def _token(settings: Settings, url: str) -> str | None:
    """Return what to show a server; the token of this machine goes nowhere else."""
    if (given := os.environ.get("JUDGE_TOKEN")) is not None:
        return given
    is_here = urlsplit(url).hostname in LOOPBACK
    return read_token(settings.data_dir) if is_here else None
