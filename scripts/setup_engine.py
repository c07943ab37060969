"""Makes a container engine answer: nothing to do where one does, else Debian's Docker Engine.

Runs in .venv. Started the way the machine starts things: systemd, else its init script, else
`dockerd` in the background with a log in the data directory.
"""

import getpass
import grp
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import debian
from terminal import CannotGoOn, agreed, as_root, run, say

from judge.errors import EngineUnavailable
from judge.images import engine_client
from judge.settings import Settings

SECONDS_TO_START = 30
NOT_ALLOWED = "runs, and does not let this user in"


def main() -> None:
    if (state := engine_state()) is not None:
        settle("already answers", state)
        return
    if host := os.environ.get("DOCKER_HOST"):
        raise CannotGoOn(
            f"engine: none answers at {host}, which DOCKER_HOST names; "
            "start it there, or unset DOCKER_HOST to use an engine of this machine"
        )
    daemon = installed_daemon()
    log = Settings.from_environment().data_dir / "engine.log"
    for name, start in ways_to_start(daemon, log):
        say(f"engine: starting it ({name})")
        if start() and (state := wait_for_engine()) is not None:
            settle("answers", state)
            return
    raise CannotGoOn(f"engine: it was started and does not answer.\n{diagnosis(log)}")


def engine_state() -> str | None:
    """Return the version of the engine that answers, NOT_ALLOWED, or None when none answers."""
    try:
        return str(engine_client(timeout=10).version()["Version"])
    except EngineUnavailable as error:
        return NOT_ALLOWED if "does not let this user in" in str(error) else None


def settle(how: str, state: str) -> None:
    """Say that an engine answers; one that refuses this user is made to let it in."""
    if state != NOT_ALLOWED:
        say(f"engine: {how} ({state})")
        return
    user = getpass.getuser()
    if user not in docker_group():
        if not agreed(f"Let {user} use the engine (group docker, which amounts to root)?"):
            raise CannotGoOn(
                f"engine: it does not let {user} in; either run `sudo usermod -aG docker {user}` "
                "and log in again, or run this as root"
            )
        run(as_root("usermod", "--append", "--groups", "docker", user))
    say(f"engine: {how}; {user} is in its group, which other terminals know after a new login")


def docker_group() -> list[str]:
    try:
        return grp.getgrnam("docker").gr_mem
    except KeyError:
        return []


def installed_daemon() -> str:
    """Return the path of dockerd, installing Debian's where there is none."""
    path = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"  # not on a Debian user's PATH
    if (found := shutil.which("dockerd", path=path)) is not None:
        return found
    if not debian.has_packages():
        raise CannotGoOn(
            "engine: there is no Docker Engine here, and this set-up can install one on Debian "
            "and Ubuntu only. Install Docker Engine 20.10.10 or newer with this system's package "
            "manager (or Docker Desktop), start it, check that `docker version` prints a Server "
            "part, and run the same command again. DOCKER_HOST may name an engine elsewhere."
        )
    debian.install("docker.io", "iptables", purpose="Judging in containers")
    return shutil.which("dockerd", path=path) or "dockerd"


def ways_to_start(daemon: str, log: Path) -> Iterator[tuple[str, Callable[[], bool]]]:
    """Yield the ways this machine has, the most proper one first."""
    if Path("/run/systemd/system").is_dir():
        yield command_way("systemctl", "start", "docker")
        return  # what systemd cannot start is not to be started behind its back
    if Path("/etc/init.d/docker").exists():
        yield command_way("service", "docker", "start")
    yield f"dockerd in the background, log in {log}", lambda: start_in_background(daemon, log)


def command_way(*command: str) -> tuple[str, Callable[[], bool]]:
    return " ".join(command), lambda: run(as_root(*command), quiet=True)


def start_in_background(daemon: str, log: Path) -> bool:
    log.parent.mkdir(parents=True, exist_ok=True)
    command = as_root(daemon)
    if command[0] == "sudo" and not run(["sudo", "--validate"]):  # ask for a password while it can
        return False
    with log.open("ab") as output:
        subprocess.Popen(  # noqa: S603 (a fixed command; meant to outlive this script)
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return True


def wait_for_engine() -> str | None:
    started = time.monotonic()
    told = 0
    while (passed := time.monotonic() - started) < SECONDS_TO_START:
        if (state := engine_state()) is not None:
            return state
        if passed >= told + 5:
            told = int(passed)
            say(f"engine: waiting for its answer ({told} s)")
        time.sleep(0.3)
    return None


def diagnosis(log: Path) -> str:
    """Return the end of the log there is, and where to look further."""
    for path in (log, Path("/var/log/docker.log")):
        if path.is_file() and os.access(path, os.R_OK):
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[-8:]
            return "\n".join([f"The end of {path}:", *(f"  {line}" for line in lines)])
    return "Look at `sudo journalctl --unit docker --lines 20`."


if __name__ == "__main__":
    main()
