"""Proposed judgements: kept while they are looked at, made current without touching the old."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from judge.errors import NotJudged, RequestError, UnknownRejudge, UnknownSubmission
from judge.model import Verdict
from judge.store import Chosen, Fate, Filter, Judged, Kind, Store, Submission
from tests.builders import a_counterexample, a_judgement, wanted
from tests.stored import a_judged, judge_next, set_times

NEW = Judged(
    a_judgement(Verdict.AC, problem_version="1" * 64, counterexample=a_counterexample()), "seeds"
)


def a_set(store: Store, chosen: Chosen, judged: Judged = NEW) -> int:
    """A set whose submissions have all been judged anew."""
    number = store.rejudges.begin(chosen)
    assert number is not None
    for submission_id in store.rejudges.unjudged(number):
        store.rejudges.propose(number, submission_id, judged)
    return number


def again(store: Store, submission: Submission) -> Submission:
    return store.submissions.of_anybody(submission.id)


def test_a_proposal_changes_nothing_until_it_is_applied(store: Store, me: int) -> None:
    judged = a_judged(store, me, Verdict.WA)
    number = a_set(store, Chosen(ids=(judged.id,)))
    (proposal,) = store.rejudges.get(number).proposals

    assert again(store, judged) == judged
    assert [one.number for one in store.judgements.rounds(judged.id)] == [0]
    assert proposal.changes
    assert (proposal.old.verdict, proposal.old.problem_version) == (Verdict.WA, "0" * 64)
    assert proposal.new is not None
    assert (proposal.new.verdict, proposal.new.problem_version) == (Verdict.AC, "1" * 64)
    assert (proposal.learner, proposal.problem, proposal.fate) == ("me", "double", None)


def test_applying_adds_a_round_and_leaves_the_old_one_as_it_was(store: Store, me: int) -> None:
    judged = a_judged(store, me, Verdict.WA)
    old = store.judgements.of(judged.id, 0)
    number = a_set(store, Chosen(verdict=Verdict.WA))

    assert store.rejudges.apply(number, judged.id) is Fate.APPLIED
    assert again(store, judged) == replace(judged, round=1)
    assert store.judgements.of(judged.id, 1) == NEW.judgement
    assert store.judgements.of(judged.id, 0) == old
    newer, older = store.judgements.rounds(judged.id)
    assert (newer.number, newer.judgement, older.judgement) == (1, NEW.judgement, old)
    (listed,) = store.submissions.page(me, Filter(verdict=Verdict.AC), limit=9)
    assert (listed.id, listed.points) == (judged.id, 100)
    assert store.submissions.progress(me, ["double"]) == {"double": True}


def test_a_judgement_of_its_problem_version_keeps_it(store: Store, me: int) -> None:
    judged = a_judged(store, me)
    store.rejudges.apply(a_set(store, Chosen(ids=(judged.id,))), judged.id)

    versions = [one.judgement.problem_version for one in store.judgements.rounds(judged.id)]
    assert versions == ["1" * 64, "0" * 64]


def test_applying_twice_is_applying_once(store: Store, me: int) -> None:
    judged = a_judged(store, me, Verdict.WA)
    number = a_set(store, Chosen(ids=(judged.id,)))

    assert [store.rejudges.apply(number, judged.id) for _ in range(2)] == [Fate.APPLIED] * 2
    assert len(store.judgements.rounds(judged.id)) == 2


def test_who_comes_second_supersedes_nothing(store: Store, me: int) -> None:
    judged = a_judged(store, me, Verdict.WA)
    first, second = (a_set(store, Chosen(ids=(judged.id,))) for _ in range(2))

    assert store.rejudges.apply(second, judged.id) is Fate.APPLIED
    assert store.rejudges.apply(first, judged.id) is Fate.OVERTAKEN
    assert store.rejudges.get(first).proposals[0].fate is Fate.OVERTAKEN
    assert [one.number for one in store.judgements.rounds(judged.id)] == [1, 0]


def test_a_failure_of_ours_supersedes_nothing_and_is_judged_again(store: Store, me: int) -> None:
    judged = a_judged(store, me, Verdict.WA)
    number = a_set(store, Chosen(ids=(judged.id,)), Judged(a_judgement(Verdict.JE), "seeds"))

    assert store.rejudges.unjudged(number) == [judged.id]
    assert store.rejudges.apply(number, judged.id) is Fate.FAILED
    assert again(store, judged) == judged


def test_a_set_that_was_interrupted_knows_what_is_left(store: Store, me: int) -> None:
    first, second = a_judged(store, me), a_judged(store, me)
    number = store.rejudges.begin(Chosen(problem="double"))
    assert number is not None
    store.rejudges.propose(number, first.id, NEW)

    assert store.rejudges.unjudged(number) == [second.id]
    assert [one.new is None for one in store.rejudges.get(number).proposals] == [False, True]


def test_a_set_has_what_was_judged_and_fits(store: Store, me: int) -> None:
    old, right = a_judged(store, me, Verdict.WA), a_judged(store, me)
    other = store.learners.named("other")
    store.submissions.accept(other, wanted("size"))
    foreign = judge_next(store, Verdict.WA)
    store.submissions.accept(me, wanted(kind=Kind.RUN))
    judge_next(store, Verdict.WA)
    store.submissions.accept(me, wanted())
    now = datetime.now(UTC)
    set_times(store, old.id, created_at=now - timedelta(days=3))

    def ids(chosen: Chosen) -> list[int]:
        number = store.rejudges.begin(chosen)
        return [] if number is None else store.rejudges.unjudged(number)

    assert ids(Chosen()) == [old.id, right.id, foreign]
    assert ids(Chosen(verdict=Verdict.WA)) == [old.id, foreign]
    assert ids(Chosen(problem="double", verdict=Verdict.WA)) == [old.id]
    assert ids(Chosen(since=now - timedelta(days=1))) == [right.id, foreign]
    assert ids(Chosen(verdict=Verdict.TLE)) == []
    assert store.rejudges.open_ones() == [1, 2, 3, 4]  # the empty one is none


def test_only_what_has_been_judged_can_be_judged_anew(store: Store, me: int) -> None:
    waiting = store.submissions.accept(me, wanted())

    with pytest.raises(NotJudged, match=f"submission {waiting.id} has not been judged"):
        store.rejudges.begin(Chosen(ids=(waiting.id,)))
    with pytest.raises(UnknownSubmission):
        store.rejudges.begin(Chosen(ids=(99,)))
    assert store.rejudges.open_ones() == []


def test_an_applied_set_stays_to_be_read_and_nothing_else(store: Store, me: int) -> None:
    judged = a_judged(store, me, Verdict.WA)
    number = a_set(store, Chosen(ids=(judged.id,)))
    store.rejudges.apply(number, judged.id)
    store.rejudges.finish(number)

    assert store.rejudges.get(number).applied_at is not None
    assert store.rejudges.get(number).proposals[0].fate is Fate.APPLIED
    assert store.rejudges.open_ones() == []
    for refused in (store.rejudges.drop, store.rejudges.finish):
        with pytest.raises(RequestError, match="has been applied"):
            refused(number)
    with pytest.raises(RequestError, match="has been applied"):
        store.rejudges.propose(number, judged.id, NEW)


def test_a_dropped_set_is_gone_and_its_number_is_not_given_again(store: Store, me: int) -> None:
    judged = a_judged(store, me, Verdict.WA)
    number = a_set(store, Chosen(ids=(judged.id,)))
    store.rejudges.drop(number)

    with pytest.raises(UnknownRejudge, match=f"no set {number}"):
        store.rejudges.get(number)
    assert again(store, judged) == judged
    assert a_set(store, Chosen(ids=(judged.id,))) > number
