"""Talking to whoever runs the set-up, and running commands, as root where they need it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence


class CannotGoOn(SystemExit):
    """Ends the set-up with exit code 2 and a text that says exactly what to do."""

    def __init__(self, text: str) -> None:
        print(f"==> {text}", file=sys.stderr)
        super().__init__(2)


def say(text: str) -> None:
    print(f"==> {text}", flush=True)


def agreed(question: str) -> bool:
    """Ask; without a terminal, or with YES=1, the answer is yes."""
    if os.environ.get("YES") == "1" or not sys.stdin.isatty():
        return True
    return input(f"==> {question} [Y/n] ").strip().lower() in {"", "y", "yes"}


def run(command: Sequence[str], *, quiet: bool = False) -> bool:
    """Run a command; `quiet` shows its output only when it fails."""
    if not quiet:
        return subprocess.run(command, check=False).returncode == 0  # noqa: S603 (fixed commands)
    outcome = subprocess.run(  # noqa: S603 (fixed commands of these scripts, no shell)
        command, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if outcome.returncode != 0:
        print(outcome.stdout, file=sys.stderr, flush=True)
    return outcome.returncode == 0


def as_root(*command: str) -> list[str]:
    """Return the command preceded by sudo where this is not root."""
    if os.geteuid() == 0:
        return list(command)
    if shutil.which("sudo") is None:
        raise CannotGoOn(f"root is needed and sudo is missing; run as root: {' '.join(command)}")
    return ["sudo", *command]
