"""Every judging comes to one recorded outcome: whatever failed, and whatever cannot be stored."""

import json
import shutil
import time
from pathlib import Path

import pytest

from judge.errors import GraderFailed, ProblemError
from judge.model import Counterexample, State, Verdict
from judge.store import Store, tables
from tests.builders import a_judgement, a_package, a_test
from tests.fakes import FakeJudge
from tests.stored import full_disk
from tests.waiting import eventually
from tests.worker.conftest import Submit, Until, Working

pytestmark = pytest.mark.usefixtures("hurried")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (ZeroDivisionError("hidden/secret"), "the judge itself failed"),
        (GraderFailed("hidden/secret"), "the judge itself failed, again and again"),
        (ProblemError("hidden/secret"), "the package of this problem cannot be read"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_failure_of_ours_is_je_that_tells_no_secret(
    store: Store,
    fake: FakeJudge,
    working: Working,
    submit: Submit,
    until: Until,
    fault: Exception,
    said: str,
) -> None:
    fake.fault = fault
    submission_id = submit()
    with working():
        until(submission_id)
        fake.fault = None
        until(submit())

    judgement = store.judgements.of(submission_id, 0)
    assert judgement is not None
    assert (judgement.verdict, judgement.max_points) == (Verdict.JE, 0)
    assert judgement.message == f"{said}; this is not counted against you"


@pytest.mark.parametrize("how", ["malformed", "gone", "bank gone"])
def test_a_problem_that_cannot_be_read_any_more_is_je(
    store: Store, bank: Path, working: Working, submit: Submit, until: Until, how: str
) -> None:
    submission_id = submit()
    if how == "malformed":
        (bank / "double" / "problem.toml").write_text("title = 3")
    else:
        shutil.rmtree(bank if how == "bank gone" else bank / "double")
    with working():
        until(submission_id)
        a_package(bank, "other")
        until(submit("other"))

    judgement = store.judgements.of(submission_id, 0)
    assert judgement is not None
    assert judgement.verdict is Verdict.JE


def test_what_cannot_be_written_down_is_je_and_not_judged_for_ever(
    store: Store, fake: FakeJudge, working: Working, submit: Submit, until: Until
) -> None:
    fake.judgement = a_judgement(points=2**64)
    submission_id = submit()
    with working():
        until(submission_id)
        fake.judgement = a_judgement()
        until(submit())

    judgement = store.judgements.of(submission_id, 0)
    assert judgement is not None
    assert judgement.verdict is Verdict.JE


def test_half_a_surrogate_pair_in_what_a_program_said_loses_no_judgement(
    store: Store, fake: FakeJudge, working: Working, submit: Submit, until: Until
) -> None:
    said = "ValueError: \ud800"
    fake.judgement = a_judgement(
        Verdict.RE,
        message=said,
        tests=(a_test("test_two", Verdict.RE, message=said),),
        counterexample=Counterexample("double(0)", said, None),
    )
    submission_id = submit()
    with working():
        until(submission_id)

    judgement = store.judgements.of(submission_id, 0)
    assert judgement is not None
    assert judgement.verdict is Verdict.RE
    assert judgement.message == judgement.tests[0].message == "ValueError: \ufffd"
    assert judgement.counterexample == Counterexample("double(0)", "ValueError: \ufffd", None)
    heard = [event.data for event in store.events.after(submission_id, 0)]
    assert "\\ud800" not in json.dumps(heard)


def test_a_judgement_made_while_the_disk_is_full_is_recorded_when_there_is_space(
    store: Store, fake: FakeJudge, working: Working, submit: Submit, until: Until
) -> None:
    long = "x" * 100_000
    fake.judgement = a_judgement(message=long)
    submission_id = submit()
    with full_disk(store) as space_again, working():
        eventually(lambda: fake.judged)
        time.sleep(0.2)
        assert until(submission_id, State.JUDGING).attempts == 1
        space_again()
        until(submission_id)

    judgement = store.judgements.of(submission_id, 0)
    assert judgement is not None
    assert judgement.message == long
    assert len(fake.judged) == 1


def test_events_that_did_not_fit_on_the_disk_come_with_the_judgement(
    store: Store, fake: FakeJudge, working: Working, submit: Submit, until: Until
) -> None:
    fake.judgement = a_judgement(tests=(a_test("test_two", stdout="x" * 100_000),))
    submission_id = submit()
    with full_disk(store) as space_again:
        fake.by_source = {}
        with working():
            eventually(lambda: fake.judged)
            time.sleep(0.1)
            space_again()
            until(submission_id)

    assert store.judgements.of(submission_id, 0) == fake.judgement
    assert [one.kind for one in store.events.after(submission_id, 0)][-2:] == ["test", "done"]


def test_an_outcome_is_a_judgement_with_the_fingerprint_of_the_seeds(
    store: Store, working: Working, submit: Submit, until: Until
) -> None:
    with working():
        until(submit())

    with store.database.read() as connection:
        assert connection.execute(tables.judgements.select()).one().seeds == "seeds"
