"""Groups and points: a group earns its points when every one of its tests passed."""

from collections.abc import Sequence

from judge.grading import TestInfo
from judge.model import TestResult, TestState, Verdict

DEFAULT_POINTS = 100


def group_points(tests: Sequence[TestInfo]) -> dict[str, int]:
    """Return the points of each hidden group, in the order in which groups first appear.

    A group's points are those of its tests together. Where no test names any, 100 are split
    evenly and what is left over goes to the last group.
    """
    points: dict[str, int] = {}
    for test in tests:
        if not test.sample:
            points[test.group] = points.get(test.group, 0) + test.points
    if points and not any(points.values()):
        share, rest = divmod(DEFAULT_POINTS, len(points))
        points = dict.fromkeys(points, share)
        points[list(points)[-1]] += rest
    return points


def earned(points: dict[str, int], results: Sequence[TestResult]) -> int:
    """Return the points of the groups in which every test ran and passed."""
    lost = {
        result.group
        for result in results
        if result.state is not TestState.JUDGED or result.verdict is not Verdict.AC
    }
    heard = {result.group for result in results if not result.sample}
    return sum(worth for group, worth in points.items() if group in heard - lost)


def overall(results: Sequence[TestResult]) -> Verdict:
    """Return the verdict of the first test that is not AC, in the order of running."""
    verdicts = (result.verdict for result in results)
    return next((v for v in verdicts if v is not None and v is not Verdict.AC), Verdict.AC)
