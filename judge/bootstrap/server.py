"""The server as a process: the application, a worker as its child, one per data directory."""

import contextlib
import logging
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NoReturn, Protocol

import uvicorn
from filelock import FileLock, Timeout

import judge
from judge.address import (
    LOCK,
    LOOPBACK,
    Address,
    make_data_dir,
    make_token,
    read_address,
    remove_address,
    write_address,
)
from judge.api import Parts, create_app, enter_path
from judge.catalog import Catalog, Shelf
from judge.errors import DataDirectoryTaken, SetupError, StoreReadOnly
from judge.settings import Settings
from judge.store import ME, KeyKind, Store, open_store
from judge.worker.child import child_worker

PAGE = Path(judge.__file__).parent / "page"
OPEN_FILES = 65_536
GRACE_SECONDS = 1
LOCK_SECONDS = 0.5  # who asks whether a judge is there holds it for a moment
TRUSTED_SECONDS = 0.5  # an author who saves and reloads does not notice
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Listening:
    """Where a server listens and by which names it may be called."""

    host: str = "127.0.0.1"
    port: int = 8642
    allowed_hosts: tuple[str, ...] = ()
    insecure: bool = False


class NewLink(Protocol):
    """Makes the path of a link that lets one browser in, to a problem if one is named."""

    def __call__(self, problem: str | None = None) -> str: ...


Ready = Callable[[Address, NewLink], None]


def run_server(settings: Settings, where: Listening, ready: Ready) -> None:
    """Serve until a signal; `ready` is called when it answers, and given what makes a link.

    Raises:
        SetupError: the address cannot be had, or not like this.
        DataDirectoryTaken: another judge serves the data directory.
        StoreError, DatabaseTooNew: the database cannot be used.
    """
    _refuse_to_be_open(where)
    _raise_open_files()
    os.umask(0o077)  # what is written is its owner's
    with (
        _only_one(settings.data_dir),
        open_store(settings.data_dir, migrate=True) as store,
        contextlib.closing(_bound(where)) as bound,
    ):
        token = make_token(settings.data_dir)
        me = store.learners.named(ME)
        store.learners.replace_tokens(me, token)
        app = create_app(_parts(settings, store, where))
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        address = Address(_url(bound), os.getpid(), judge.__version__)

        def new_link(problem: str | None = None) -> str:
            return enter_path(store.learners.new_key(me, KeyKind.LINK), problem)

        def announce() -> None:
            write_address(settings.data_dir, address)
            ready(address, new_link)

        # The framework shuts down, then lets the signal do what it did before: that would end us
        # here and now, with our address still on the door.
        for one in (signal.SIGINT, signal.SIGTERM):
            signal.signal(one, _leave)
        server = _Server(config, announce, app.state.running.feed.end)
        try:
            server.run(sockets=[bound])
        finally:
            remove_address(settings.data_dir)


def _leave(_signal: int, _frame: object) -> NoReturn:
    raise SystemExit(0)


class _Server(uvicorn.Server):
    """Says when it answers, and ends the streams that would keep it from ending."""

    def __init__(
        self, config: uvicorn.Config, ready: Callable[[], None], ending: Callable[[], None]
    ) -> None:
        super().__init__(config)
        self._ready, self._ending = ready, ending

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._ending()
        await super().shutdown(sockets)


def _parts(settings: Settings, store: Store, where: Listening) -> Parts:
    command = [sys.executable, "-m", "judge", "work"]
    folders = os.pathsep.join(str(folder.resolve()) for folder in settings.problem_dirs)
    environment = {
        **os.environ,
        "JUDGE_DATA": str(settings.data_dir.resolve()),
        "JUDGE_PROBLEMS": folders,
    }
    own_name = () if where.host in {"0.0.0.0", "::"} else (where.host,)  # noqa: S104 (refused above)
    return Parts(
        store=store,
        shelf=Shelf(Catalog(settings.problem_dirs), trusted_seconds=TRUSTED_SECONDS),
        worker=partial(child_worker, command, environment),
        allowed_hosts=(*own_name, *where.allowed_hosts),
        page=PAGE,
    )


def _refuse_to_be_open(where: Listening) -> None:
    if where.host not in LOOPBACK and not where.insecure:
        raise SetupError(
            f"{where.host} may be reached from other machines, over a connection that anybody on "
            "the way can read; put a server with TLS in front of 127.0.0.1 and name it with "
            "--allow-host, or say --insecure"
        )


@contextlib.contextmanager
def _only_one(data_dir: Path) -> Iterator[None]:
    make_data_dir(data_dir)
    try:
        with _lock(data_dir):
            yield
    except Timeout as error:
        other = read_address(data_dir)
        where = "" if other is None else f" at {other.url} (process {other.pid})"
        raise DataDirectoryTaken(
            f"a judge serves {data_dir} already{where}; `judge stop` ends it, "
            "JUDGE_DATA names another data directory"
        ) from error


def _lock(data_dir: Path) -> FileLock:
    """Return the lock, having seen that its file can be written."""
    path = data_dir / LOCK
    try:
        path.touch(0o600)
    except OSError as error:
        raise StoreReadOnly(path, str(error.strerror)) from error
    return FileLock(path, timeout=LOCK_SECONDS)


def _bound(where: Listening) -> socket.socket:
    family = socket.AF_INET6 if ":" in where.host else socket.AF_INET
    bound = socket.socket(family)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((where.host, where.port))
    except (OSError, OverflowError) as error:
        bound.close()
        raise SetupError(
            f"cannot listen at {where.host} port {where.port}: {error}; "
            "choose another port with --port (0 takes a free one)"
        ) from error
    return bound


def _url(bound: socket.socket) -> str:
    host, port = bound.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (a name for "all")
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _raise_open_files() -> None:
    """Allow as many connections as the system lets us: a thousand streams are a thousand files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
