"""What counts as a disagreement between a labelled submission and its judgement."""

from pathlib import Path

import pytest

from judge.catalog import Labelled
from judge.judging.headroom import near_limits, slow_by_the_clock
from judge.judging.labels import disagreements
from judge.model import Judgement, Limits, Verdict
from tests.builders import SOURCE, a_judgement, a_test


def labelled(expected: Verdict, *fails: str) -> Labelled:
    return Labelled(Path("submissions/x/a.py"), expected, SOURCE, fails)


def failing(*names: str) -> Judgement:
    tests = (a_test("small/01"), *(a_test(name, Verdict.WA) for name in names))
    return a_judgement(Verdict.WA, tests=tests)


@pytest.mark.parametrize(
    ("label", "judgement", "found"),
    [
        (labelled(Verdict.AC), a_judgement(), []),
        (labelled(Verdict.WA), failing("large/01"), []),
        (labelled(Verdict.WA, "large"), failing("large/01", "edge/01"), []),
        (labelled(Verdict.TLE), failing("large/01"), ["expected TLE, got WA"]),
        (labelled(Verdict.WA), a_judgement(), ["expected WA, got AC"]),
        (
            labelled(Verdict.WA, "small"),
            failing("large/01"),
            ["says `# fails: small`, but no test of that group fails; it may not have run"],
        ),
        (
            labelled(Verdict.WA, "lage"),
            failing("large/01"),
            ["says `# fails: lage`, but the groups are small, large"],
        ),
        (
            labelled(Verdict.AC),
            a_judgement(Verdict.JE, tests=(), message="the tests are at fault"),
            ["expected AC, got JE: the tests are at fault"],
        ),
    ],
)
def test_disagreements(label: Labelled, judgement: Judgement, found: list[str]) -> None:
    assert list(disagreements(label, judgement)) == found


def test_a_group_that_is_not_named_may_not_fail_first() -> None:
    (found,) = disagreements(labelled(Verdict.WA, "large"), failing("edge/01", "large/01"))

    assert found.startswith(
        "says `# fails: large`, but group 'edge' fails first; name that one too"
    )
    assert disagreements(labelled(Verdict.WA, "large"), failing("large/01", "edge/01")) == ()
    assert disagreements(labelled(Verdict.WA, "edge"), failing("test_sample", "edge/01")) == ()


@pytest.mark.parametrize(
    ("used", "found"),
    [
        ({"cpu_seconds": 1.9, "wall_seconds": 5.9, "memory_mib": 127.0}, []),
        (
            {"cpu_seconds": 2.0},
            ["hidden/01 takes 2.00 of 4 s of CPU time, more than half: `cpu_seconds = 5` in"],
        ),
        (
            {"memory_mib": 200.0},
            ["hidden/01 takes 200 of 256 MiB, more than half: `memory_mib = 512` in"],
        ),
    ],
)
def test_an_accepted_submission_keeps_clear_of_its_limits(
    used: dict[str, float], found: list[str]
) -> None:
    judgement = a_judgement(tests=(a_test(limits=Limits(), **used),))
    said = list(near_limits(labelled(Verdict.AC), judgement))

    assert [one[: len(start)] for one, start in zip(said, found, strict=True)] == found
    assert list(near_limits(labelled(Verdict.TLE), judgement)) == []


def test_the_clock_alone_is_a_warning() -> None:
    judgement = a_judgement(tests=(a_test(limits=Limits(), wall_seconds=7.1),))
    (said,) = slow_by_the_clock(labelled(Verdict.AC), judgement)

    assert said.startswith("x/a.py: hidden/01 takes 7.10 of 12 s of wall time, more than half:")
    assert said.endswith("unless this machine was busy")
