"""Does judging a source again come to what is recorded, and under the same conditions?"""

from dataclasses import dataclass

from judge.model import Judgement, TestResult


@dataclass(frozen=True, slots=True)
class Step:
    """Something as it was recorded and as it is now."""

    name: str
    recorded: str
    now: str

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        return self.recorded == self.now


@dataclass(frozen=True, slots=True)
class Replay:
    """What a judgement was made of, and what came of it; times are no part of it."""

    conditions: tuple[Step, ...]
    results: tuple[Step, ...]  # the verdict, the points, then test by test

    @property
    def differences(self) -> tuple[Step, ...]:
        """What came out otherwise."""
        return tuple(one for one in self.results if not one.same)


def compare(recorded: Judgement, now: Judgement) -> Replay:
    """Compare a judgement with the one that is made of the same source now."""
    conditions = (
        Step("problem version", recorded.problem_version, now.problem_version),
        Step("image", recorded.image, now.image),
        Step("runner version", recorded.runner_version, now.runner_version),
        Step("machine", recorded.machine, now.machine),
    )
    whole = (
        Step("verdict", recorded.verdict, now.verdict),
        Step("points", _points(recorded), _points(now)),
    )
    before, after = _tests(recorded), _tests(now)
    names = dict.fromkeys((*before, *after))
    tests = (Step(name, before.get(name, "absent"), after.get(name, "absent")) for name in names)
    return Replay(conditions, (*whole, *tests))


def _points(judgement: Judgement) -> str:
    return f"{judgement.points} of {judgement.max_points}"


def _tests(judgement: Judgement) -> dict[str, str]:
    return {one.name: _result(one) for one in judgement.tests}


def _result(test: TestResult) -> str:
    return "skipped" if test.verdict is None else test.verdict
