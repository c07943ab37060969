"""Makes .venv with everything of requirements.lock and the `judge` command; standard library only.

A stamp in .venv tells what it was made from, so that a second run has nothing to do.
"""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import debian
from terminal import CannotGoOn, run, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / ".made-from"
PYTHON = VENV / "bin" / "python"
FLOOR = (3, 11)


def main() -> None:
    if sys.version_info < FLOOR:
        raise CannotGoOn(
            f"environment: {sys.executable} is Python {sys.version.split()[0]} and "
            f"{'.'.join(map(str, FLOOR))} or newer is needed; "
            "name another one with `make PYTHON=python3.x …`"
        )
    wanted = _fingerprint()
    if STAMP.is_file() and STAMP.read_text(encoding="utf-8") == wanted and _works():
        say("environment: .venv is up to date")
        return
    if not _works():
        _create()
    _fill()
    STAMP.write_text(wanted, encoding="utf-8")


def _fingerprint() -> str:
    # An editable install names its folder: a moved checkout needs a new one.
    digest = hashlib.sha256(f"{ROOT} {sys.version}".encode())
    for name in ("requirements.lock", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _works() -> bool:
    """Tell whether .venv has a Python of this very version and pip."""
    question = "import sys, importlib.util as u; print(sys.version, u.find_spec('pip') is not None)"
    if not PYTHON.exists():
        return False
    outcome = subprocess.run(  # noqa: S603 (our own interpreter, no shell)
        [str(PYTHON), "-c", question], check=False, capture_output=True, text=True
    )
    return outcome.stdout.strip() == f"{sys.version} True"


def _create() -> None:
    say(f"environment: creating .venv with Python {sys.version.split()[0]}")
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        if not debian.has_packages():
            raise CannotGoOn(
                f"environment: {sys.executable} has no ensurepip, so it cannot make a virtual "
                f"environment; install your system's package for it (Debian calls it {package})"
            )
        debian.install(package, purpose="The Python environment")
    shutil.rmtree(VENV, ignore_errors=True)
    if not run([sys.executable, "-m", "venv", str(VENV)]):
        raise CannotGoOn("environment: creating .venv failed, see above")


def _fill() -> None:
    lock = ROOT / "requirements.lock"
    count = sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())
    say(f"environment: installing up to {count} pinned packages, about a minute")
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
    quiet = not sys.stdout.isatty()
    if not run([*pip, "--require-hashes", "--requirement", str(lock)], quiet=quiet):
        raise CannotGoOn(
            "environment: pip could not install requirements.lock, see above; check the network "
            "and pip's configuration (`pip config list`), then try again"
        )
    say("environment: installing the judge command")
    own = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    if not run([*pip, *own], quiet=True):
        raise CannotGoOn("environment: installing the judge command failed, see above")


if __name__ == "__main__":
    main()
