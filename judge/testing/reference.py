"""The reference submission, run in this process: trusted, same libraries, same proxy."""

import subprocess
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path

from judge.proxy.callee import Callee, load_request
from judge.proxy.caller import Remote
from judge.proxy.channel import Answer, Delivery, ProgramRun
from judge.proxy.solution import Interface, ProgramSolution, Solution

PROGRAM_SECONDS = 60


class ReferenceChannel:
    """A callee in this process; the reference's values cross as those of a submission do.

    So does what it prints through `print` and `sys.stdout`, which tests may look at.
    """

    def __init__(self, source: str, prelude: str | None) -> None:
        self._source, self._prelude = source, prelude
        self._answers: list[Answer] = []
        self._callee = Callee(self._answer)

    def load(self, interface: Interface) -> None:
        """Load the source; raise whatever it raises."""
        request = load_request(self._source, interface.entry, self._prelude, interface.adapters)
        Remote(self).request(request)

    def exchange(self, request: bytes, answer: Answer) -> Delivery:
        """See Channel."""
        self._answers.append(answer)
        printed, complained = _text_file(), _text_file()
        try:
            with redirect_stdout(printed), redirect_stderr(complained):
                reply = self._callee.serve(request)
        finally:
            self._answers.pop()
        return Delivery(reply, _printed(printed), _printed(complained))

    def run_program(self, stdin: bytes, argv: list[str]) -> ProgramRun:
        """See Channel."""
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder, "solution.py")
            program.write_text(self._source)
            if self._prelude is not None:
                Path(folder, "prelude.py").write_text(self._prelude)
            done = subprocess.run(  # noqa: S603 (the reference is the package's own)
                [sys.executable, str(program), *argv],
                input=stdin, capture_output=True, timeout=PROGRAM_SECONDS, check=False,
            )  # fmt: skip
        return ProgramRun(done.stdout.decode(), done.stderr.decode(), done.returncode)

    def _answer(self, question: bytes) -> bytes:
        return self._answers[-1](question)  # calls nest: the innermost one is being asked


def _text_file() -> TextIOWrapper:
    return TextIOWrapper(BytesIO(), encoding="utf-8", errors="replace", write_through=True)


def _printed(file: TextIOWrapper) -> str:
    file.seek(0)
    return file.read()


class Reference:
    """Loads the reference when it is needed; a test that begins has the one before forgotten."""

    def __init__(self, source: str | None, prelude: str | None, interface: Interface) -> None:
        self._source, self._prelude, self._interface = source, prelude, interface
        self._channel: ReferenceChannel | None = None

    @property
    def exists(self) -> bool:
        """Whether the package has an accepted submission."""
        return self._source is not None

    def fresh(self) -> Solution | ProgramSolution:
        """Return the reference behind a new proxy."""
        if self._channel is None:
            self._channel = self._loaded()
        return self._interface.solution(self._interface.connect(self._channel))

    def forget(self) -> None:
        """Let it be loaded again, as a submission is for every test, with no state left in it."""
        self._channel = None

    def anew(self) -> Remote:
        """Return a remote for the reference loaded once more, with nothing kept of other uses."""
        return self._interface.connect(self._loaded())

    def _loaded(self) -> ReferenceChannel:
        if self._source is None:
            raise LookupError("this package has no reference: submissions/accepted is empty")
        channel = ReferenceChannel(self._source, self._prelude)
        if not self._interface.program:
            channel.load(self._interface)
        return channel
