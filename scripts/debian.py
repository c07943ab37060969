"""Installing Debian packages: asks first, and refreshes the package lists only when it must."""

import shutil
import subprocess

from terminal import CannotGoOn, agreed, as_root, run, say


def has_packages() -> bool:
    """Tell whether this is Debian, Ubuntu or another system with apt."""
    return shutil.which("apt-get") is not None


def install(*packages: str, purpose: str) -> None:
    """Install packages or end the set-up saying how to do it by hand."""
    names = " ".join(packages)
    by_hand = f"sudo apt-get update && sudo apt-get install {names}"
    if not agreed(f"{purpose} needs the Debian packages {names}. Install them?"):
        raise CannotGoOn(f"{purpose} needs {names}; install them with: {by_hand}")
    say(f"installing {names}")
    command = as_root(
        "env", "DEBIAN_FRONTEND=noninteractive",
        "apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *packages,
    )  # fmt: skip
    if _known(packages) and run(command, quiet=True):
        return
    say("refreshing the package lists")  # empty on a new machine, stale on an old one
    if not run(as_root("apt-get", "update", "--quiet"), quiet=True) or not run(command, quiet=True):
        raise CannotGoOn(f"installing {names} failed, see above; afterwards try: {by_hand}")


def _known(packages: tuple[str, ...]) -> bool:
    command = ["apt-get", "install", "--simulate", *packages]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603 (a fixed command, no shell)
