"""Makes gVisor a runtime of the engine on this machine; the judge uses it where JUDGE_RUNTIME says.

Runs in .venv. Installs Debian's runsc where there is none, adds it to the engine's daemon.json
without touching anything else in there, and has the engine read that again, which disturbs no
container.
"""

import json
import os
import shutil
import signal
import tempfile
import time
from pathlib import Path

import debian
from terminal import CannotGoOn, agreed, as_root, run, say

from judge.engine.client import engine_client

NAME = "runsc"
# The judge's containers have no network; cgroups are the engine's, which gVisor need not know of.
ARGUMENTS = ("--network=none", "--ignore-cgroups")
CONFIGURATION = Path("/etc/docker/daemon.json")
PID_FILES = (Path("/run/docker.pid"), Path("/var/run/docker.pid"))
SECONDS_TO_READ = 10


def main() -> None:
    if NAME in runtimes():
        say("gvisor: the engine knows it")
        return
    if os.environ.get("DOCKER_HOST"):
        say("gvisor: not set up, DOCKER_HOST names an engine elsewhere")
        return
    path = shutil.which(NAME) or install()
    if not agreed(f"Add the runtime {NAME} to {CONFIGURATION}?"):
        say("gvisor: not set up")
        return
    configure(path)
    until = time.monotonic() + SECONDS_TO_READ
    while NAME not in runtimes():
        if time.monotonic() > until:
            raise CannotGoOn(f"gvisor: the engine does not take {CONFIGURATION}; restart it")
        time.sleep(0.2)
    say("gvisor: the engine knows it now")


def install() -> str:
    """Install Debian's and return its path."""
    if not debian.has_packages():
        raise CannotGoOn(f"gvisor: install {NAME} from gvisor.dev and run this again")
    debian.install(NAME, purpose="Running boxes under gVisor")
    if (path := shutil.which(NAME)) is None:
        raise CannotGoOn(f"gvisor: {NAME} is installed and not on PATH")
    return path


def runtimes() -> dict[str, object]:
    """Return the runtimes that the engine knows."""
    known: dict[str, object] = engine_client(timeout=10).info().get("Runtimes") or {}
    return known


def configure(path: str) -> None:
    """Add the runtime, keeping what else is configured, and have the engine read it."""
    text = CONFIGURATION.read_text(encoding="utf-8") if CONFIGURATION.exists() else "{}"
    try:
        configured = json.loads(text or "{}")
    except ValueError as error:
        raise CannotGoOn(f"gvisor: {CONFIGURATION} is not JSON: {error}") from error
    configured.setdefault("runtimes", {})[NAME] = {"path": path, "runtimeArgs": list(ARGUMENTS)}
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as new:
        json.dump(configured, new, indent=2)
        new.flush()
        run(as_root("install", "-D", "--mode=644", new.name, str(CONFIGURATION)))
    pid = next((file.read_text().strip() for file in PID_FILES if file.exists()), None)
    if pid is None:
        raise CannotGoOn("gvisor: the engine's process is not known; restart it")
    run(as_root("kill", f"-{signal.SIGHUP.value}", pid))


if __name__ == "__main__":
    main()
