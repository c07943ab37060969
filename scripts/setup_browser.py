"""Makes a Chromium answer for the tests of the page: the one there is, else Debian's.

Runs in .venv. Playwright's own browsers are not used: they come from a place of their own and are
not updated with the system.
"""

import shutil
import subprocess

import debian
from terminal import CannotGoOn, say

# In this order; the tests look for the same (tests/web/conftest.py).
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def main() -> None:
    found = browser()
    if found is None:
        install()
        found = browser()
    if found is None or (version := version_of(found)) is None:
        raise CannotGoOn("browser: Chromium was installed and does not start; try `chromium`")
    say(f"browser: {version}")


def browser() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def install() -> None:
    if not debian.has_packages():
        raise CannotGoOn(
            "browser: there is no Chromium here, and this set-up can install one on Debian only. "
            "Install Chromium or Chrome with this system's package manager, check that "
            f"one of {', '.join(NAMES)} is on the PATH, and run the same command again"
        )
    debian.install("chromium", purpose="Testing the page")


def version_of(browser: str) -> str | None:
    outcome = subprocess.run(  # noqa: S603 (a browser found on the PATH, no shell)
        [browser, "--version"], check=False, capture_output=True, text=True
    )
    return outcome.stdout.strip() if outcome.returncode == 0 else None


if __name__ == "__main__":
    main()
