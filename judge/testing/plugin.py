"""The pytest plugin of the grader: asks before each test, reports each as it ends, finds blame."""

import traceback
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import pytest
from _pytest.runner import runtestprotocol

from judge.proxy.caller import Remote
from judge.proxy.channel import BadReply, Channel, Delivery, MissingEntry, Stopped
from judge.proxy.rebuilt import RemoteError
from judge.proxy.solution import Interface, ProgramSolution, Solution
from judge.testing import explain, markers, order, seeding
from judge.testing.loading import Loading
from judge.testing.reference import Reference
from judge.testing.search import Hunt


class Desk(Protocol):
    """Whoever is told of tests: the worker, through the session."""

    def collected(self, tests: list[dict[str, Any]]) -> None:
        """Tests were found, in the order in which they will run."""
        ...

    def begin(self, test: dict[str, Any], loading: Loading) -> None:
        """Ask for a fresh process for a test; `loading` is told what comes of it.

        That is heard of with the first call of the channel, which raises Stopped when there is no
        process, or in `settle`.
        """
        ...

    def settle(self) -> None:
        """Wait until it is known how loading went, if it is not."""
        ...

    def ended(self, report: dict[str, Any]) -> None:
        """Tell how a test ended."""
        ...

    def search(self) -> Delivery | None:
        """Ask for a fresh process for the search: the reply to loading, None when there is none.

        Raises Stopped when the process did not survive loading.
        """
        ...

    def found(self, found: dict[str, Any]) -> None:
        """Tell what the search found."""
        ...

    def at_fault(self, where: str, detail: str) -> None:
        """Tell that the package itself is broken, and where."""
        ...


class GradingPlugin:
    """Hooks of one session; `_stand_in` is there while a test runs again with the reference."""

    def __init__(
        self,
        desk: Desk,
        channel: Channel,
        reference: Reference,
        package: "Package",
    ) -> None:
        self._desk, self._channel, self._reference, self._package = (
            desk,
            channel,
            reference,
            package,
        )
        self._needs: dict[str, set[str]] = {}  # what each group comes after
        self._lost_groups: set[str] = set()  # failed, or after one that is lost
        self._remote: Remote | None = None
        self._error: pytest.ExceptionInfo[BaseException] | None = None
        self._stand_in: Remote | None = None
        self._waits = True  # until loading went well, before a test runs
        self._is_wrong = False  # a test failed for what was answered
        self._is_shrunk = False  # a property has found a smallest input
        self.broken = False

    # What pytest asks

    def pytest_configure(self, config: pytest.Config) -> None:
        markers.register(config)
        seeding.settle()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.broken = True
            self._desk.at_fault(report.nodeid or "the tests", str(report.longrepr)[:6_000])

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        if self.broken:
            session.items.clear()
            return
        try:
            session.items[:] = order.arrange(session.items)
            self._needs |= order.needs(session.items)
            described = [markers.describe(item) for item in session.items]
        except markers.MarkerError as error:
            self.broken = True
            session.items.clear()
            self._desk.at_fault("a marker", str(error))
            return
        self._desk.collected(described)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        described = markers.describe(item)
        report = self._perform(item, nextitem, described)
        self._waits = report["outcome"] != "passed"
        if report["outcome"] == "failed":
            self._lost_groups.add(described["group"])
            self._is_wrong |= report["failure"]["kind"] not in {"missing", "fault"}
        self._desk.ended(report)
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]) -> Iterator[None]:
        report = yield
        # Asked for afterwards: a unittest.TestCase keeps its failure until the report is made.
        if call.excinfo is not None and self._error is None:
            self._error = call.excinfo
        return report

    def look_for_example(self, misconceptions: Iterator[tuple[Reference, str]]) -> None:
        """Search for the smallest failing input, after all tests, when one of them failed."""
        if not (self._is_wrong and self._reference.exists and find_spec("inputs")):
            return
        interface, key = self._package.interface, self._package.seed_key
        hunt = Hunt(
            self._fresh_process, interface, self._reference, key, shrink=not self._is_shrunk
        )
        self._desk.found(hunt.run(misconceptions))

    def _fresh_process(self) -> Remote | None:
        """Return a process to ask; None where the worker gives none, or the source fails there."""
        remote = self._package.interface.connect(self._channel)
        try:
            if (loaded := self._desk.search()) is None:
                return None
            remote.accept_loading(loaded)
        except (Stopped, BadReply, MissingEntry, RemoteError):
            return None
        return remote

    # What tests ask

    @pytest.fixture
    def solution(self) -> Solution | ProgramSolution:
        """The submission; every use of it is a call into its box."""
        remote = self._stand_in or self._remote
        if remote is None:
            raise RuntimeError("`solution` belongs to one test and cannot outlive it")
        return self._package.interface.solution(remote)

    @pytest.fixture
    def reference(self) -> Solution | ProgramSolution:
        """The reference submission, run in the grader, used like `solution`."""
        return self._reference.fresh()

    @pytest.fixture
    def data_dir(self) -> Path:
        """The folder `data/` of the package."""
        return self._package.folder / "data"

    # How a test ended

    def _perform(
        self, item: pytest.Item, nextitem: pytest.Item | None, described: dict[str, Any]
    ) -> dict[str, Any]:
        group = described["group"]
        if not self._lost_groups.isdisjoint(self._needs.get(group, ())):
            self._lost_groups.add(group)
        if group in self._lost_groups:
            return {"outcome": "skipped"}
        self._remote = self._package.interface.connect(self._channel)
        loading = Loading(self._remote)
        self._desk.begin(described, loading)
        if self._waits:
            self._desk.settle()
        error = None if loading.went_wrong else self._run(item, nextitem)
        self._desk.settle()
        if loading.passed_over:
            return {"outcome": "skipped"}
        if loading.error is not None:
            failure = explain.classify(loading.error) | {"loading": True}
            return {"outcome": "failed", "failure": failure | self._fault_of_loading()}
        return self._report(item, nextitem, error)

    def _run(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> pytest.ExceptionInfo[BaseException] | None:
        self._error = None
        self._reference.forget()
        seeding.seed(item, self._package.seed_key)
        runtestprotocol(item, log=False, nextitem=nextitem)
        return self._error

    def _report(
        self,
        item: pytest.Item,
        nextitem: pytest.Item | None,
        error: pytest.ExceptionInfo[BaseException] | None,
    ) -> dict[str, Any]:
        if error is not None and error.errisinstance(pytest.skip.Exception):
            return {"outcome": "skipped"}
        failure = self._failure(item, error, self._require_remote())
        if failure is None:
            return {"outcome": "passed"}
        if failure["kind"] != "stopped":
            failure |= self._blame(item, nextitem, failure["kind"])
        if error is not None and failure["kind"] in {"check_failed", "fault"}:
            failure["detail"] = explain.detail(error, self._package.folder)
        hidden = failure["kind"] == "fault" or (
            # What used up a limit is all calls of a test, not the last one.
            failure["kind"] == "stopped" and not markers.is_sample(item)
        )
        shown = None if hidden else self._counterexample(item)
        return {"outcome": "failed", "failure": failure, "counterexample": shown}

    def _failure(
        self, item: pytest.Item, error: pytest.ExceptionInfo[BaseException] | None, remote: Remote
    ) -> explain.Failure | None:
        if error is not None:
            skips = error.errisinstance(pytest.skip.Exception)
            return None if skips else explain.classify(error.value)
        warned = remote.history.warnings
        if warned and item.get_closest_marker("no_warnings") is not None:
            return {"kind": "warnings", "text": warned[0]}
        return None

    def _blame(self, item: pytest.Item, nextitem: pytest.Item | None, kind: str) -> explain.Failure:
        """Whose fault a failure is: run the test again with the reference and see.

        A test that the reference fails, too, is at `fault`, and so is one that raised something of
        its own before it had any answer. Else what the submission did is to blame: `check_failed`
        where it made the test raise what no test raises on purpose.
        """
        of_submission = {"kind": "check_failed"} if kind == "other" else {}
        if kind == "other" and self._require_remote().history.answered == 0:
            return {"kind": "fault"}
        if not self._reference.exists:
            return of_submission
        failed = self._failure_of_reference(item, nextitem)
        # What the submission returned is still here: were want of memory a fault, JE could be had
        # at will.
        if failed is None or explain.is_out_of_memory(failed):
            return of_submission
        return {"kind": "fault"}

    def _failure_of_reference(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> explain.Failure | None:
        try:
            self._stand_in = self._reference.anew()
            return self._failure(item, self._run(item, nextitem), self._stand_in)
        except (Exception, BadReply, MissingEntry) as error:  # noqa: BLE001 (whatever it raises)
            return explain.classify(error)
        finally:
            self._stand_in = None

    def _fault_of_loading(self) -> explain.Failure:
        """Whose fault it is that a submission does not load: the reference must."""
        if self._reference.exists:
            try:
                self._reference.anew()
            except (Exception, BadReply, MissingEntry):  # noqa: BLE001 (the author's, whatever it is)
                return {"kind": "fault", "detail": traceback.format_exc()[-explain.MAX_DETAIL :]}
        return {}

    def _counterexample(self, item: pytest.Item) -> dict[str, Any] | None:
        """A hidden case is shown only where its author says so; what Hypothesis found always is."""
        shown = markers.is_sample(item) or seeding.is_property(item) or markers.reveals(item)
        if not shown:
            return None
        reference = self._reference.fresh() if self._reference.exists else None
        found = explain.counterexample(self._require_remote().history, reference)
        minimal = seeding.is_property(item)
        self._is_shrunk |= minimal and found is not None
        return None if found is None else found | {"minimal": minimal}

    def _require_remote(self) -> Remote:
        if self._remote is None:
            raise RuntimeError("no test has begun")
        return self._remote


class Package:
    """What the plugin must know of the problem package it runs."""

    def __init__(self, folder: Path, seed_key: bytes, interface: Interface) -> None:
        self.folder, self.seed_key, self.interface = folder, seed_key, interface
