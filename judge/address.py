"""The data directory, and where its judge answers: a file that it writes and clients read."""

import contextlib
import fcntl
import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from judge.errors import StoreReadOnly

_FILE = "server.json"
_TOKEN = "token"  # noqa: S105 (a file's name)
LOCK = "server.lock"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
LOG = "server.log"


@dataclass(frozen=True, slots=True)
class Address:
    """A server and its process."""

    url: str
    pid: int
    version: str


def make_data_dir(data_dir: Path) -> None:
    """Make the folder where there is none, for its owner's eyes only; raise StoreReadOnly."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreReadOnly(data_dir, str(error.strerror)) from error


def open_log(data_dir: Path) -> BinaryIO:
    """Open the log to write at its end; only the owner can read it. Raise StoreReadOnly."""
    path = data_dir / LOG
    make_data_dir(data_dir)
    try:
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")
    except OSError as error:
        raise StoreReadOnly(path, str(error.strerror)) from error


def write_address(data_dir: Path, address: Address) -> None:
    """Say where the server is; whoever reads sees all of it or nothing."""
    new = data_dir / f"{_FILE}.new"
    new.write_text(json.dumps(asdict(address)), encoding="utf-8")
    new.replace(data_dir / _FILE)


def is_served(data_dir: Path) -> bool:
    """Return whether a judge holds a data directory; process ids are used again, locks are not."""
    with contextlib.suppress(FileNotFoundError), (data_dir / LOCK).open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def remove_address(data_dir: Path) -> None:
    """Say that there is no server any more."""
    (data_dir / _FILE).unlink(missing_ok=True)


def read_address(data_dir: Path) -> Address | None:
    """Return where the server of a data directory is; None when none runs."""
    try:
        facts = json.loads((data_dir / _FILE).read_text(encoding="utf-8"))
        address = Address(**facts)
    except (OSError, ValueError, TypeError):
        return None
    # Whoever stops a judge signals its process, and 0 and -1 are many.
    is_one = type(facts["pid"]) is int and facts["pid"] > 0 and isinstance(facts["url"], str)
    return address if is_one and is_served(data_dir) else None


def read_token(data_dir: Path) -> str | None:
    """Return the token that lets the owner of a data directory in; None before the first start."""
    try:
        return (data_dir / _TOKEN).read_text(encoding="ascii").strip() or None
    except (OSError, ValueError):
        return None


def make_token(data_dir: Path) -> str:
    """Return the token, made at first; only the owner of the file can read it."""
    path = data_dir / _TOKEN
    if (token := read_token(data_dir)) is not None:
        path.chmod(0o600)
        return token
    token = secrets.token_urlsafe(32)
    try:
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise StoreReadOnly(path, str(error.strerror)) from error
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{token}\n")
    return token
