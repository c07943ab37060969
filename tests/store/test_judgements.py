"""Judgements as rows: read back as they were written, and then neither changed nor deleted."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select, text, update

from judge.errors import StoreError
from judge.model import Phase, Verdict
from judge.store import Chosen, Judged, Kind, Store, tables
from tests.builders import a_counterexample, a_judgement, a_test, a_trial, wanted
from tests.stored import a_judged, judge_next

ROWS = tables.judgements


def test_a_judgement_is_read_back_as_it_was_with_the_fingerprint_of_its_seeds(
    store: Store, me: int
) -> None:
    judgement = a_judgement(
        Verdict.WA,
        tests=(
            a_test("test_two", message="line\u2028break \u00e9", stdout="a\0b\x85\U0001f600"),
            a_test("hidden/01", Verdict.WA, cpu_seconds=1e-9, memory_mib=0.5, round_trips=7),
            a_test("hidden/02", None),
        ),
        counterexample=a_counterexample(),
        phases=(Phase("box", datetime(2025, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)),),
        message="in words",
        machine="two cores",
    )
    store.submissions.accept(me, wanted())
    submission_id = judge_next(store, Judged(judgement, "fingerprint"))

    assert store.judgements.of(submission_id, 0) == judgement
    with store.database.read() as connection:
        assert connection.execute(select(ROWS.c.seeds)).scalar_one() == "fingerprint"


def test_halves_of_surrogate_pairs_are_replaced_before_anybody_stumbles_over_them(
    store: Store, me: int
) -> None:
    said = "a\ud800b \ud83d\ude00 \udc00"
    judgement = a_judgement(message=said, tests=(a_test("test_two", stdout=said),))
    store.submissions.accept(me, wanted())
    found = store.judgements.of(judge_next(store, Judged(judgement, "seeds")), 0)
    store.submissions.accept(me, wanted(kind=Kind.RUN, args=[1]))
    trial = store.judgements.trial(judge_next(store, a_trial(stdout=said)))

    assert found is not None
    assert trial is not None
    assert {found.message, found.tests[0].stdout, trial.stdout} == {"a\ufffdb \U0001f600 \ufffd"}


def test_another_round_has_no_judgement_yet(store: Store, me: int) -> None:
    judged = a_judged(store, me)

    assert store.judgements.of(judged.id, 1) is None
    assert store.judgements.of(judged.id + 1, 0) is None


@pytest.mark.parametrize("column", [column.name for column in ROWS.columns])
def test_no_part_of_a_judgement_can_be_changed(store: Store, me: int, column: str) -> None:
    judged = a_judged(store, me)
    before = store.judgements.of(judged.id, 0)

    with pytest.raises(StoreError, match="never changes"), store.database.write() as connection:
        connection.execute(update(ROWS).values({column: text("-1")}))
    assert store.judgements.of(judged.id, 0) == before


def test_a_judgement_can_not_be_deleted(store: Store, me: int) -> None:
    judged = a_judged(store, me)

    with pytest.raises(StoreError, match="never deleted"), store.database.write() as connection:
        connection.execute(delete(ROWS))
    assert store.judgements.of(judged.id, 0) is not None


@pytest.mark.parametrize("how", ["OR REPLACE", "OR ABORT"])
def test_a_second_judgement_of_a_round_is_refused_and_replaces_nothing(
    store: Store, me: int, how: str
) -> None:
    judged = a_judged(store, me, Verdict.WA)
    copied = ", ".join(column.name for column in ROWS.columns if column.name != "id")
    others = copied.replace("verdict", "'AC'")

    with pytest.raises(StoreError), store.database.write() as connection:
        connection.execute(
            text(f"INSERT {how} INTO judgements ({copied}) SELECT {others} FROM judgements")  # noqa: S608 (names of columns)
        )
    found = store.judgements.of(judged.id, 0)
    assert found is not None
    assert found.verdict is Verdict.WA


def test_a_trial_is_read_back_as_it_was(store: Store, me: int) -> None:
    trial = a_trial(matches=False, output="\u2028", error="ValueError: \ufffd", stdout="x\0")
    store.submissions.accept(me, wanted(kind=Kind.RUN, args=[2]))
    run = judge_next(store, trial)

    assert store.judgements.trial(run) == trial
    assert store.judgements.of(run, 0) is None
    assert store.judgements.trial(run + 1) is None


def test_what_a_newer_version_wrote_beside_us_is_read_as_far_as_we_know_it(
    store: Store, me: int
) -> None:
    judged = a_judged(store, me, Verdict.WA)
    number = store.rejudges.begin(Chosen(ids=(judged.id,)))
    assert number is not None
    store.rejudges.propose(number, judged.id, Judged(a_judgement(), "seeds"))
    with store.database.write() as connection:
        connection.execute(
            text(
                "UPDATE proposals SET judgement = json_set(judgement, '$.tests[0].mood', 'good',"
                ' \'$.counterexample\', json(\'{"input": "1", "output": "2",'
                ' "expected": null, "mood": "good"}\'))'
            )
        )
    store.rejudges.apply(number, judged.id)
    found = store.judgements.of(judged.id, 1)

    assert found is not None
    assert found.tests == a_judgement().tests
    assert found.counterexample is not None
    assert found.counterexample.expected is None
