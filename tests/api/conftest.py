"""The application over a store of its own, behind a real socket."""

import contextlib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from judge.api import Parts, create_app
from judge.catalog import Catalog, Shelf
from judge.model import Verdict
from judge.queue import Claim, Queue
from judge.store import ME, Judged, KeyKind, Store
from tests.builders import HIDDEN, SOURCE, a_judgement, a_package
from tests.listening import listening
from tests.stored import new_store

TOKEN = "the token of the file"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
JSON = {"Content-Type": "application/json"}
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # reading certificates would take the longest


SIZE = """
title = "Größe"
entry = "def size(n: int) -> int"
difficulty = "hard"
topics = ["graphs"]
tags = ["heap"]
minutes = 20
profile = "ml"
"""


@dataclass(frozen=True)
class Api:
    """A served application with its store, and the store's learner."""

    url: str
    app: FastAPI
    store: Store
    me: int
    bank: Path

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    def hint(self) -> None:
        """Tell the server that something was stored, as a worker does."""
        self.app.state.running.feed.hint_from_thread()


@contextlib.contextmanager
def new_api(folder: Path, **changed: object) -> Iterator[Api]:
    """An API with four problems, a page, and no worker."""
    with new_store(folder) as store:
        me = store.learners.named(ME)
        store.learners.add_key(me, KeyKind.TOKEN, TOKEN)
        bank = a_bank(folder / "bank")
        parts = Parts(
            store,
            Shelf(Catalog((bank,))),
            allowed_hosts=("Judge.Example", "fd00::1"),
            page=a_page(folder),
        )
        app = create_app(replace(parts, **changed))
        with listening(app) as url:
            yield Api(url, app, store, me, bank)


def a_bank(root: Path) -> Path:
    """Two functions, a class and a program."""
    a_package(
        root,
        "double",
        {
            "tests/test_samples.py": HIDDEN.replace("test_doubles", "test_two"),
            "statement.md": "# Double\n",
            "submissions/accepted/a.py": SOURCE,
        },
    )
    a_package(root, "counter", {"problem.toml": 'title = "Count"\nentry = "class Counter"\n'})
    a_package(root, "echo", {"problem.toml": 'title = "Echo"\nkind = "program"\n'})
    a_package(root, "size", {"problem.toml": SIZE})
    return root


def a_page(folder: Path) -> Path:
    """A page as it is built, beside what is nobody's business."""
    page = folder / "page"
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text("<!doctype html><title>judge</title>")
    (page / "assets" / "index.js").write_text("'the page'")
    for beside in (folder, page):
        (beside / "secret.txt").write_text("secret")
    return page


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """One for all tests of a module, which leave submissions in it."""
    with new_api(tmp_path_factory.mktemp("api")) as api:
        yield api


@pytest.fixture(scope="module")
def _http(api: Api) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=api.url, timeout=20, verify=NO_TLS) as http:
        yield http


@pytest.fixture
def anybody(_http: httpx.Client) -> httpx.Client:
    """Whoever comes along, with no key."""
    _http.cookies.clear()
    _http.headers = httpx.Headers()
    return _http


@pytest.fixture
def learner(anybody: httpx.Client) -> httpx.Client:
    """The learner, by token."""
    anybody.headers.update(BEARER | JSON)
    return anybody


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Api]:
    """One for a single test, which looks at all there is, or breaks it."""
    with new_api(tmp_path) as api:
        yield api


@pytest.fixture
def client(own: Api) -> Iterator[httpx.Client]:
    """The learner at an API of the test's own."""
    with httpx.Client(base_url=own.url, headers=BEARER | JSON, timeout=20, verify=NO_TLS) as client:
        yield client


@dataclass(frozen=True)
class Worker:
    """Does to the store what a worker does, one step at a time, and gives a hint each time."""

    api: Api
    queue: Queue

    def claim(self) -> Claim:
        claim = self.queue.claim()
        assert claim is not None
        self.api.hint()
        return claim

    def tell(self, claim: Claim, kind: str, **data: object) -> None:
        self.queue.tell(claim, [(kind, data)])
        self.api.hint()

    def finish(self, claim: Claim, verdict: Verdict = Verdict.AC) -> None:
        self.queue.finish(claim, Judged(a_judgement(verdict), "seeds"))
        self.api.hint()


@pytest.fixture
def worker(own: Api) -> Worker:
    return Worker(own, Queue(own.store.database, "w"))
