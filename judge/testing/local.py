"""A pytest plugin for a learner's or author's own pytest: the submission in a process of its own.

`pytest problems/score-pair-sum --solution my.py`, or `pytest` in a folder made by `judge pull`.
The same proxy as in the judge, so tuples, identity and mutation behave alike; no box, no limits.
"""

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from judge.proxy.callee import load_request
from judge.proxy.channel import Answer, Delivery, ProgramRun, Stopped
from judge.proxy.framing import TaggedBuffer, pack_tagged
from judge.proxy.solution import CLASS_KINDS, Interface, ProgramSolution, Solution
from judge.proxy.structures import SHAPES, Adapter
from judge.testing import markers, seeding
from judge.testing.local_process import ANSWER, QUESTION, REQUEST
from judge.testing.reference import Reference, ReferenceChannel

MAX_VALUE_BYTES = 64 << 20
_package_folders: set[str] = set()  # folders of packages that are or were on sys.path
_FIELDS = {
    "linked_list": {"value": "val", "next": "next"},
    "tree": {"value": "val", "left": "left", "right": "right"},
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--solution`."""
    group = parser.getgroup("judge")
    group.addoption(
        "--solution", metavar="FILE", help="the submission that the tests are run against"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the markers of the judge known."""
    markers.register(config)


class Problem:
    """What this plugin must know of the package or pulled folder that a test lies in."""

    def __init__(self, test: Path) -> None:
        self.folder = next((p for p in test.parents if _description(p) is not None), test.parent)
        described = tomllib.loads((_description(self.folder) or Path(os.devnull)).read_text())
        self.interface = _interface(described)
        prelude = self.folder / "prelude.py"
        self.prelude = prelude.read_text() if prelude.exists() else None

    def solution_file(self, option: str | None) -> Path:
        """Return the file to test: the option's, a pulled folder's solution.py, the reference."""
        if option is not None:
            return Path(option)
        own = self.folder / "solution.py"
        return own if own.exists() else self.reference_file()

    def reference_file(self) -> Path:
        """Return the first accepted submission."""
        accepted = sorted((self.folder / "submissions" / "accepted").glob("*.py"))
        if not accepted:
            raise pytest.UsageError(f"no --solution given, and {self.folder} holds no solution.py")
        return accepted[0]


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(args: list[str]) -> None:
    """Let a conftest.py of a package that is named import what lies beside it."""
    for arg in args:
        path = os.path.abspath(arg.partition("::")[0])  # noqa: PTH100 (what is no path is no error)
        if os.path.exists(path):  # noqa: PTH110 (nor is it here: a long -k is none)
            _make_importable(Path(path))


def pytest_collect_directory(path: Path) -> None:
    """Let a conftest.py of a package that is found import what lies beside it."""
    _make_importable(path)


def pytest_pycollect_makemodule(module_path: Path) -> None:
    """Let tests of a package import what lies beside them, with Hypothesis as the judge runs it."""
    if _make_importable(module_path):
        seeding.settle()


def _make_importable(path: Path) -> bool:
    """Have the folders of the package that a path lies in on sys.path; return whether it does.

    Packages use the same names (`inputs`), so those of the package before are forgotten.
    """
    folder = next((p for p in (path, *path.parents) if _description(p) is not None), None)
    if folder is None:
        return False
    own = [str(folder / "tests"), str(folder)]
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None) or ""
        if str(Path(file).parent) in _package_folders and str(Path(file).parent) not in own:
            del sys.modules[name]
    sys.path[:] = own + [place for place in sys.path if place not in _package_folders]
    _package_folders.update(own)
    return True


@pytest.fixture
def judged_problem(request: pytest.FixtureRequest) -> Problem:
    """The package or pulled folder that the test lies in."""
    return Problem(request.path)


@pytest.fixture
def solution(
    request: pytest.FixtureRequest, judged_problem: Problem
) -> Iterator[Solution | ProgramSolution]:
    """The submission, in a process of its own."""
    source = judged_problem.solution_file(request.config.getoption("--solution")).read_text()
    interface, prelude = judged_problem.interface, judged_problem.prelude
    if interface.program:
        yield interface.solution(interface.connect(ReferenceChannel(source, prelude)))
        return
    with SubprocessChannel() as channel:
        remote = interface.connect(channel)
        remote.request(load_request(source, interface.entry, prelude, interface.adapters))
        yield interface.solution(remote)


@pytest.fixture
def reference(judged_problem: Problem) -> Solution | ProgramSolution:
    """The reference submission, in this process."""
    source = judged_problem.reference_file().read_text()
    return Reference(source, judged_problem.prelude, judged_problem.interface).fresh()


@pytest.fixture
def data_dir(judged_problem: Problem) -> Path:
    """The folder `data/` of the package."""
    return judged_problem.folder / "data"


class SubprocessChannel:
    """A callee in a process of its own, over pipes."""

    def __enter__(self) -> "SubprocessChannel":
        self._process = subprocess.Popen(
            [sys.executable, "-m", "judge.testing.local_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._frames = TaggedBuffer(MAX_VALUE_BYTES)
        self._received: Iterator[tuple[int, bytes]] = iter(())
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def exchange(self, request: bytes, answer: Answer) -> Delivery:
        """See Channel."""
        self._send(REQUEST, request)
        while True:
            tag, payload = self._receive()
            if tag != QUESTION:
                return Delivery(payload)
            self._send(ANSWER, answer(payload))

    def run_program(self, stdin: bytes, argv: list[str]) -> ProgramRun:
        """See Channel; programs go through ReferenceChannel instead."""
        raise NotImplementedError

    def _send(self, tag: int, payload: bytes) -> None:
        pipe = self._process.stdin
        if pipe is None:
            raise Stopped
        try:
            pipe.write(pack_tagged(tag, payload))
            pipe.flush()
        except OSError:
            raise Stopped from None

    def _receive(self) -> tuple[int, bytes]:
        pipe = self._process.stdout
        while (frame := next(self._received, None)) is None:
            data = b"" if pipe is None else os.read(pipe.fileno(), 1 << 16)
            if not data:
                raise Stopped(f"the submission's process ended with {self._process.wait()}")
            self._received = self._frames.feed(data)
        return frame


def _description(folder: Path) -> Path | None:
    for name in ("problem.toml", ".judge.toml"):
        if (folder / name).is_file():
            return folder / name
    return None


def _interface(described: dict[str, Any]) -> Interface:
    entry = described.get("entry", [])
    signatures = [entry] if isinstance(entry, str) else entry
    kind = described.get("kind", "function")
    names = [_name(text) for text in signatures]
    classes = [
        name
        for name, text in zip(names, signatures, strict=True)
        if kind in CLASS_KINDS or text.startswith("class ")
    ]
    return Interface(
        entry=tuple(names),
        classes=frozenset(classes),
        adapters=tuple(_adapter(*row) for row in described.get("adapters", {}).items()),
        program=kind == "program",
    )


def _name(signature: str) -> str:
    for keyword in ("async def ", "def ", "class "):
        signature = signature.removeprefix(keyword)
    return signature.partition("(")[0].partition(":")[0].strip()


def _adapter(name: str, row: dict[str, Any]) -> Adapter:
    shape = row["shape"]
    if shape not in SHAPES:
        raise pytest.UsageError(f"adapters.{name}: unknown shape '{shape}'")
    fields = _FIELDS[shape] | {key: value for key, value in row.items() if key in _FIELDS[shape]}
    return Adapter(name, shape, fields, bool(row.get("cyclic", False)))
