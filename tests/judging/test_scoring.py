"""Points of groups, and the verdict of a submission out of those of its tests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.grading import TestInfo
from judge.judging.scoring import earned, group_points, overall
from judge.model import Verdict
from tests.builders import a_test


def hidden(group: str, points: int = 0) -> TestInfo:
    return TestInfo("test_x", group, sample=False, points=points)


@pytest.mark.parametrize(
    ("tests", "points"),
    [
        ([], {}),
        ([TestInfo("test_s", "samples", sample=True)], {}),
        ([hidden("a")], {"a": 100}),
        ([hidden("a"), hidden("a")], {"a": 100}),
        ([hidden("a"), hidden("b"), hidden("c")], {"a": 33, "b": 33, "c": 34}),
        ([hidden("b"), hidden("a")], {"b": 50, "a": 50}),
        ([hidden("a", 10), hidden("a", 5), hidden("b", 20)], {"a": 15, "b": 20}),
        ([hidden("a", 10), hidden("b")], {"a": 10, "b": 0}),
        ([TestInfo("test_s", "samples", sample=True, points=7), hidden("a")], {"a": 100}),
    ],
)
def test_points_of_groups(tests: list[TestInfo], points: dict[str, int]) -> None:
    assert group_points(tests) == points
    assert list(group_points(tests)) == list(points)


@given(st.lists(st.sampled_from("abcdefg"), min_size=1))
def test_without_points_a_hundred_are_split_to_the_last_one(groups: list[str]) -> None:
    points = group_points([hidden(group) for group in groups])

    assert sum(points.values()) == 100
    assert max(points.values()) - min(points.values()) < len(points)


@pytest.mark.parametrize(
    ("results", "points"),
    [
        ([("a", Verdict.AC), ("b", Verdict.AC)], 100),
        ([("a", Verdict.AC), ("a", Verdict.WA), ("b", Verdict.AC)], 70),
        ([("a", Verdict.AC), ("b", Verdict.TLE), ("b", None)], 30),
        ([("a", None), ("b", None)], 0),
        ([("a", Verdict.AC), ("a", None), ("b", Verdict.AC)], 70),
        ([("samples", Verdict.WA), ("a", Verdict.AC), ("b", Verdict.AC)], 100),
    ],
    ids=["all", "one lost", "one left", "none ran", "one did not run", "samples earn nothing"],
)
def test_a_group_is_earned_whole_or_not_at_all(
    results: list[tuple[str, Verdict | None]], points: int
) -> None:
    tests = [a_test(f"{group}/01", verdict) for group, verdict in results]

    assert earned({"a": 30, "b": 70}, tests) == points


def test_a_group_of_which_nothing_is_heard_is_not_earned() -> None:
    assert earned({"a": 30, "b": 70}, [a_test("a/01", Verdict.AC)]) == 30


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], Verdict.AC),
        ([Verdict.AC, Verdict.AC], Verdict.AC),
        ([Verdict.AC, Verdict.TLE, Verdict.WA], Verdict.TLE),
        ([None, Verdict.WA, Verdict.TLE], Verdict.WA),
        ([Verdict.AC, None], Verdict.AC),
    ],
)
def test_the_first_verdict_that_is_not_ac_is_the_submissions(
    verdicts: list[Verdict | None], expected: Verdict
) -> None:
    assert overall([a_test(verdict=verdict) for verdict in verdicts]) is expected
