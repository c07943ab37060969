"""The only place where our failure becomes JE: three tries, and never at a contestant's cost."""

from pathlib import Path

import pytest

from judge.bootstrap.local import seed_key
from judge.errors import (
    ContainerLost,
    EngineUnavailable,
    GraderFailed,
    ImageMissing,
    InfrastructureError,
    MalformedHeader,
    NoSpaceLeft,
    TestFault,
)
from judge.images import ImageRef
from judge.judging.events import AttemptFailed, Event, nobody
from judge.judging.orders import Submission
from judge.model import Judgement, Verdict
from judge.settings import Settings
from judge.worker.retries import MAX_ATTEMPTS, MAX_LOSSES, judge_with_retries
from tests.builders import SOURCE, a_judgement, a_problem


class Attempts:
    """Raises the failures it was given, one a try, then gives a judgement."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.made = 0

    def __call__(self) -> Judgement:
        self.made += 1
        if self.failures:
            raise self.failures.pop(0)
        return a_judgement()


@pytest.fixture
def submission(tmp_path: Path) -> Submission:
    image = ImageRef("python", "t", "sha256:1", "v1", "3.13", {}, "pulled")
    return Submission(a_problem(tmp_path), SOURCE, image, b"k")


def test_a_judgement_is_passed_on_with_the_time_it_took(submission: Submission) -> None:
    judgement = judge_with_retries(submission, Attempts(), nobody)

    assert judgement.verdict is Verdict.AC
    assert 0 <= judgement.judging_seconds < 5


@pytest.mark.parametrize(
    "failure",
    [
        InfrastructureError("the engine refused"),
        MalformedHeader("no header of ours"),
        GraderFailed("went silent"),
        NoSpaceLeft("full"),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_our_failure_is_tried_again(submission: Submission, failure: Exception) -> None:
    heard: list[Event] = []
    attempts = Attempts(failure, failure)

    judgement = judge_with_retries(submission, attempts, heard.append)

    assert judgement.verdict is Verdict.AC
    assert attempts.made == MAX_ATTEMPTS
    assert heard == [AttemptFailed(failure, 1), AttemptFailed(failure, 2)]


def test_after_three_tries_it_is_je_and_nobodys_fault(submission: Submission) -> None:
    attempts = Attempts(*[GraderFailed("hidden/secret.py line 3")] * 9)

    judgement = judge_with_retries(submission, attempts, nobody)

    assert attempts.made == MAX_ATTEMPTS == 3
    assert judgement.verdict is Verdict.JE
    assert (judgement.points, judgement.max_points, judgement.tests) == (0, 0, ())
    assert judgement.message is not None
    assert "not counted against you" in judgement.message
    assert "secret" not in judgement.message
    assert judgement.problem_version == submission.problem.version


def test_a_container_that_is_lost_uses_up_none_of_the_tries(submission: Submission) -> None:
    lost, failed = ContainerLost("the grader died"), GraderFailed("went silent")
    attempts = Attempts(*[lost] * (MAX_LOSSES - 1), *[failed] * (MAX_ATTEMPTS - 1))

    assert judge_with_retries(submission, attempts, nobody).verdict is Verdict.AC
    assert attempts.made == MAX_LOSSES + MAX_ATTEMPTS - 1


def test_containers_that_are_lost_for_ever_end_in_je(submission: Submission) -> None:
    attempts = Attempts(*[ContainerLost("the grader died")] * 99)

    assert judge_with_retries(submission, attempts, nobody).verdict is Verdict.JE
    assert attempts.made == MAX_LOSSES == 10


def test_a_fault_of_the_tests_is_not_tried_again_and_not_shown(submission: Submission) -> None:
    attempts = Attempts(TestFault("double", "test_hidden.py", "assert secret == 3"))

    judgement = judge_with_retries(submission, attempts, nobody)

    assert attempts.made == 1
    assert judgement.verdict is Verdict.JE
    assert judgement.message is not None
    assert "judge problem check" in judgement.message
    assert "secret" not in judgement.message


@pytest.mark.parametrize(
    "failure", [EngineUnavailable("nothing answers"), ImageMissing("ml")], ids=["engine", "image"]
)
def test_what_the_user_can_mend_is_passed_on(submission: Submission, failure: Exception) -> None:
    attempts = Attempts(failure)

    with pytest.raises(type(failure)):
        judge_with_retries(submission, attempts, nobody)
    assert attempts.made == 1


def settings_in(folder: Path) -> Settings:
    return Settings(data_dir=folder / "data", problem_dirs=())


def test_the_key_of_all_seeds_is_made_once_and_is_its_owners_only(tmp_path: Path) -> None:
    key = seed_key(settings_in(tmp_path))

    path = tmp_path / "data" / "seed-key"
    assert len(key) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert seed_key(settings_in(tmp_path)) == key


def test_every_installation_has_a_key_of_its_own(tmp_path: Path) -> None:
    assert seed_key(settings_in(tmp_path / "a")) != seed_key(settings_in(tmp_path / "b"))
