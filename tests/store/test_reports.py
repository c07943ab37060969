"""Reports of verdicts: one for each submission, about the judgement that it had then."""

import pytest

from judge.errors import NoReport, NotJudged
from judge.model import Verdict
from judge.store import Chosen, Judged, Store
from tests.builders import SOURCE, a_judgement, wanted
from tests.stored import a_judged, judge_next


def test_a_report_is_read_back_with_what_it_is_about(store: Store, me: int) -> None:
    judged = a_judged(store, me, Verdict.WA)
    report = store.reports.report(judged, "2 + 2 is 4\ud800")

    assert (report.text, report.verdict, report.closed_at) == ("2 + 2 is 4�", Verdict.WA, None)
    assert store.reports.of(judged.id) == report
    (reported,) = store.reports.open_ones()
    assert (reported.report, reported.problem, reported.source) == (report, "double", SOURCE)
    assert reported.judgement == store.judgements.of(judged.id, 0)


def test_a_second_report_takes_the_place_of_the_first_and_opens_it_again(
    store: Store, me: int
) -> None:
    judged = a_judged(store, me, Verdict.WA)
    store.reports.report(judged, "why?")
    store.reports.close(judged.id)
    assert store.reports.open_ones() == []
    assert store.reports.of(judged.id).closed_at is not None

    store.reports.report(judged, "still wrong")
    assert [one.report.text for one in store.reports.open_ones()] == ["still wrong"]


def test_a_report_stays_about_the_verdict_that_was_reported(store: Store, me: int) -> None:
    judged = a_judged(store, me, Verdict.WA)
    store.reports.report(judged, "why?")
    number = store.rejudges.begin(Chosen(ids=(judged.id,)))
    assert number is not None
    store.rejudges.propose(number, judged.id, Judged(a_judgement(), "seeds"))
    store.rejudges.apply(number, judged.id)

    assert store.reports.of(judged.id).verdict is Verdict.WA


def test_reports_are_listed_by_problem(store: Store, me: int) -> None:
    first = a_judged(store, me)
    store.submissions.accept(me, wanted("size"))
    second = store.submissions.of_anybody(judge_next(store))
    for one in (first, second):
        store.reports.report(one, "why?")

    def listed(problem: str | None = None) -> list[int]:
        return [one.report.submission_id for one in store.reports.open_ones(problem)]

    assert listed() == [first.id, second.id]
    assert (listed("size"), listed("none")) == ([second.id], [])


def test_there_has_to_be_a_verdict_and_a_report(store: Store, me: int) -> None:
    waiting = store.submissions.accept(me, wanted())

    with pytest.raises(NotJudged):
        store.reports.report(waiting, "slow")
    for asked in (store.reports.of, store.reports.close):
        with pytest.raises(NoReport, match=f"submission {waiting.id} has not been reported"):
            asked(waiting.id)
