"""Judgements and trials as JSON; units are part of a key."""

from datetime import datetime

from pydantic import Field, ValidationInfo, field_validator

from judge import model
from judge.model import TestState, Verdict
from judge.wire import examples
from judge.wire.base import Said
from judge.wire.examples import shown


class Test(Said):
    """One test as whoever submitted may see it; of a hidden one little is said."""

    __test__ = False

    name: str
    group: str
    sample: bool
    state: TestState
    verdict: Verdict | None = Field(description="None for a test that was skipped")
    cpu_seconds: float
    memory_mib: float
    message: str | None = None
    stdout: str | None = Field(default=None, description="of samples only")
    pitfall: str | None = Field(
        default=None, description="what the failed test is about: see /api/pitfalls/{name}"
    )

    @field_validator("stdout")
    @classmethod
    def _of_samples(cls, stdout: str | None, others: ValidationInfo) -> str | None:
        """What a hidden test printed never leaves, whoever forgot to take it away."""
        return stdout if others.data.get("sample") else None

    @classmethod
    def of(cls, result: model.TestResult) -> "Test":
        """Return the JSON form of a test result."""
        return cls(
            name=result.name,
            group=result.group,
            sample=result.sample,
            state=result.state,
            verdict=result.verdict,
            cpu_seconds=result.cpu_seconds,
            memory_mib=result.memory_mib,
            message=result.message,
            stdout=result.stdout or None,
            pitfall=result.pitfall,
        )

    def result(self) -> model.TestResult:
        """Return the test result this is the JSON form of."""
        return model.TestResult(**self.model_dump())


class Counterexample(Said):
    """A failing input, what the submission made of it and a right answer."""

    input: str
    output: str
    expected: str | None
    minimal: bool = Field(
        default=True, description="false where the search for a smaller input was cut short"
    )

    @classmethod
    def of(cls, found: model.Counterexample) -> "Counterexample":
        """Return the JSON form of a counterexample."""
        return cls(
            input=found.input, output=found.output, expected=found.expected, minimal=found.minimal
        )


class Phase(Said):
    """A step of judging and when it began."""

    name: str
    started_at: datetime


class Judgement(Said, json_schema_extra=shown(examples.JUDGEMENT)):
    """The outcome of judging a submission; it never changes."""

    problem: str
    problem_version: str
    verdict: Verdict
    points: int
    max_points: int
    message: str | None
    cpu_seconds: float
    wall_seconds: float
    peak_memory_mib: float
    judging_seconds: float
    image: str
    runner_version: str
    machine: str = ""
    tests: tuple[Test, ...]
    counterexample: Counterexample | None
    phases: tuple[Phase, ...] = ()
    speed: None = None

    @classmethod
    def of(cls, judgement: model.Judgement) -> "Judgement":
        """Return the JSON form of a judgement."""
        found = judgement.counterexample
        return cls(
            problem=judgement.problem,
            problem_version=judgement.problem_version,
            verdict=judgement.verdict,
            points=judgement.points,
            max_points=judgement.max_points,
            message=judgement.message,
            cpu_seconds=judgement.cpu_seconds,
            wall_seconds=judgement.wall_seconds,
            peak_memory_mib=judgement.peak_memory_mib,
            judging_seconds=judgement.judging_seconds,
            image=judgement.image,
            runner_version=judgement.runner_version,
            machine=judgement.machine,
            tests=tuple(map(Test.of, judgement.tests)),
            counterexample=None if found is None else Counterexample.of(found),
            phases=tuple(
                Phase(name=phase.name, started_at=phase.started_at) for phase in judgement.phases
            ),
        )

    def judgement(self) -> model.Judgement:
        """Return the judgement this is the JSON form of."""
        found = self.counterexample
        facts = self.model_dump(exclude={"tests", "counterexample", "phases", "speed"})
        return model.Judgement(
            **facts,
            tests=tuple(test.result() for test in self.tests),
            counterexample=None if found is None else model.Counterexample(**found.model_dump()),
            phases=tuple(model.Phase(phase.name, phase.started_at) for phase in self.phases),
        )


class Trial(Said):
    """What came of an input of one's own; `refused` says why the problem does not allow it."""

    output: str
    expected: str | None
    matches: bool | None
    error: str | None
    stdout: str
    cpu_seconds: float
    refused: str | None
