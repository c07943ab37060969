"""A grader's frames checked against models and turned into messages; nothing else passes."""

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from judge.errors import MalformedHeader
from judge.grading.messages import (
    Answered,
    Began,
    Called,
    Collected,
    Done,
    Ended,
    Failure,
    FailureKind,
    Found,
    Line,
    Message,
    Outcome,
    ProgramCalled,
    Raised,
    Report,
    Searching,
    TestInfo,
    TestLimits,
    Tried,
    Waiting,
)
from judge.model import Counterexample
from judge.proxy.framing import Header

MAX_TESTS = 10_000


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Limits(_Model):
    cpu_seconds: float | None = Field(None, gt=0)
    wall_seconds: float | None = Field(None, gt=0)
    memory_mib: int | None = Field(None, gt=0)


class _Test(_Model):
    name: str
    group: str
    sample: bool
    points: int = Field(ge=0)
    hint: str | None
    title: str | None
    limits: _Limits
    pitfall: str | None = None

    def message(self) -> TestInfo:
        return TestInfo(**self.model_dump() | {"limits": TestLimits(**self.limits.model_dump())})


class _Raised(BaseModel):
    # The box wrote this: whatever does not fit is dropped, for it is the submission's own loss.
    model_config = ConfigDict(extra="ignore")

    type: str = "Exception"
    text: str = ""
    lines: list[tuple[int, str, str]] = []
    builtins: list[str] = []
    missing_module: str | None = None
    syntax: tuple[int | None, int | None, str] | None = None

    def message(self) -> Raised:
        syntax = None
        if self.syntax is not None:
            syntax = (self.syntax[0] or 0, self.syntax[1] or 0, self.syntax[2])
        return Raised(
            type=self.type,
            text=self.text,
            lines=tuple(Line(*line) for line in self.lines),
            builtins=tuple(self.builtins),
            missing_module=self.missing_module,
            syntax=syntax,
        )


class _Failure(_Model):
    kind: FailureKind
    text: str = ""
    detail: str = ""
    raised: dict[str, Any] | None = None
    loading: bool = False

    def message(self) -> Failure:
        return Failure(self.kind, self.text, self.detail, _raised(self.raised), self.loading)


class _Counterexample(_Model):
    input: str
    output: str
    expected: str | None
    minimal: bool = True

    def message(self) -> Counterexample:
        return Counterexample(**self.model_dump())


class _Report(_Model):
    outcome: Outcome
    failure: _Failure | None = None
    counterexample: _Counterexample | None = None

    def message(self) -> Report:
        return Report(
            self.outcome,
            None if self.failure is None else self.failure.message(),
            None if self.counterexample is None else self.counterexample.message(),
        )


class _Found(_Model):
    counterexample: _Counterexample | None
    hint: str | None
    trouble: str | None

    def message(self) -> Found:
        found = None if self.counterexample is None else self.counterexample.message()
        return Found(found, self.hint, self.trouble)


class _Tried(_Model):
    output: str | None
    expected: str | None
    refused: str | None
    failure: _Failure | None

    def message(self) -> Tried:
        failure = None if self.failure is None else self.failure.message()
        return Tried(self.output, self.expected, self.refused, failure)


def message(header: Header, payload: bytes) -> Message:
    """Return the message of a frame, or raise MalformedHeader."""
    try:
        return _READ[header["kind"]](header, payload)
    except (KeyError, TypeError, RecursionError, ValidationError) as error:
        raise MalformedHeader(f"a grader said what none of ours says: {error}") from error


def _collected(tests: list[dict[str, Any]]) -> Collected:
    return Collected(tuple(_Test.model_validate(test).message() for test in tests[:MAX_TESTS]))


def _found(header: Header) -> Found:
    fields = {key: header[key] for key in ("counterexample", "hint", "trouble")}
    return _Found.model_validate(fields).message()


def _tried(header: Header) -> Tried:
    fields = {key: header[key] for key in ("output", "expected", "refused", "failure")}
    return _Tried.model_validate(fields).message()


_READ: dict[str, Callable[[Header, bytes], Message]] = {
    "collected": lambda header, _: _collected(header["tests"]),
    "begin": lambda header, _: Began(_Test.model_validate(header["test"]).message()),
    "wait": lambda *_: Waiting(),
    "call": lambda _, payload: Called(payload),
    "run": lambda header, stdin: ProgramCalled(stdin, tuple(str(arg) for arg in header["argv"])),
    "answer": lambda _, payload: Answered(payload),
    "ended": lambda header, _: Ended(_Report.model_validate(header["report"]).message()),
    "search": lambda *_: Searching(),
    "found": lambda header, _: _found(header),
    "tried": lambda header, _: _tried(header),
    "done": lambda *_: Done(),
}


def _raised(described: dict[str, Any] | None) -> Raised | None:
    if described is None:
        return None
    try:
        return _Raised.model_validate(described).message()
    except ValidationError:
        return Raised("Exception", "")
