"""The list of submissions: every filter, page by page, and an index for each of them."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import event

from judge.model import State, Verdict
from judge.queue import Queue
from judge.store import ME, Filter, Kind, Store, Summary
from tests.builders import wanted
from tests.stored import judge_next, new_store

PROBLEMS = ("double", "triple")
FILTERS = [
    Filter(problem, state, verdict)
    for problem, state, verdict in itertools.product(
        (None, "double"), (None, *State), (None, Verdict.AC)
    )
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One for all tests, which only read: two of each problem in each state and two verdicts."""
    with new_store(tmp_path_factory.mktemp("listed")) as store:
        _fill(store, store.learners.named(ME))
        yield store


@pytest.fixture
def mixed(store: Store, me: int) -> list[Summary]:
    return store.submissions.page(me, Filter(), limit=100)


def _fill(store: Store, me: int) -> None:
    for number, problem in itertools.product(range(2), PROBLEMS):
        for verdict in (Verdict.AC, Verdict.WA):
            store.submissions.accept(me, wanted(problem))
            judge_next(store, verdict)
        cancelled = store.submissions.accept(me, wanted(problem))
        store.submissions.cancel(me, Kind.SUBMISSION, cancelled.id)
        store.submissions.accept(me, wanted(problem))
        Queue(store.database, f"worker {number}").claim()
    for problem in PROBLEMS * 2:
        store.submissions.accept(me, wanted(problem))
    store.submissions.accept(me, wanted("double", Kind.RUN))
    other = store.learners.named("other")
    for _ in range(3):
        store.submissions.accept(other, wanted())


def contradicts(asked: Filter) -> bool:
    return asked.verdict is not None and asked.state not in {None, State.JUDGED}


def fits(one: Summary, asked: Filter) -> bool:
    return (
        asked.problem in {None, one.problem}
        and asked.state in {None, one.state}
        and asked.verdict in {None, one.verdict}
    )


def paged(store: Store, learner: int, asked: Filter, limit: int) -> list[Summary]:
    found: list[Summary] = []
    before = None
    while page := store.submissions.page(learner, asked, limit=limit, before=before):
        assert len(page) <= limit
        found += page
        before = page[-1].id
    return found


def test_everything_is_listed_newest_first(mixed: list[Summary]) -> None:
    assert len(mixed) == 20
    assert [one.id for one in mixed] == sorted((one.id for one in mixed), reverse=True)


@pytest.mark.parametrize("asked", FILTERS, ids=str)
def test_a_filter_gives_what_fits_and_nothing_else(
    store: Store, me: int, mixed: list[Summary], asked: Filter
) -> None:
    found = store.submissions.page(me, asked, limit=100)

    assert found == [one for one in mixed if fits(one, asked)]
    assert bool(found) != contradicts(asked)


@pytest.mark.parametrize("asked", FILTERS[:3], ids=str)
@pytest.mark.parametrize("limit", [1, 3])
def test_pages_give_everything_once(
    store: Store, me: int, mixed: list[Summary], asked: Filter, limit: int
) -> None:
    assert paged(store, me, asked, limit) == [one for one in mixed if fits(one, asked)]


def test_what_is_submitted_between_two_pages_moves_nothing(tmp_path: Path) -> None:
    with new_store(tmp_path) as store:
        me = store.learners.named(ME)
        ids = [store.submissions.accept(me, wanted()).id for _ in range(4)]
        first = store.submissions.page(me, Filter(), limit=2)
        store.submissions.accept(me, wanted())
        second = store.submissions.page(me, Filter(), limit=2, before=first[-1].id)

    assert [one.id for one in first + second] == ids[::-1]


def test_a_line_says_what_the_judgement_says(store: Store, me: int) -> None:
    line = store.submissions.page(me, Filter(verdict=Verdict.WA), limit=1)[0]

    assert (line.verdict, line.points, line.max_points) == (Verdict.WA, 0, 100)
    assert (line.cpu_seconds, line.peak_memory_mib) == (0.02, 12.0)
    assert line.finished_at is not None


@pytest.mark.parametrize("before", [None, 1000], ids=["first", "next"])
@pytest.mark.parametrize("asked", [one for one in FILTERS if not contradicts(one)], ids=str)
def test_no_list_reads_more_than_its_page(
    store: Store, me: int, asked: Filter, before: int | None
) -> None:
    plan = plan_of(store, lambda: store.submissions.page(me, asked, limit=21, before=before))

    assert [line for line in plan if "SCAN" in line] == []
    assert [line for line in plan if "TEMP B-TREE" in line] == []
    own = [line for line in plan if line.startswith("SEARCH submissions")]
    assert own, plan
    # A filter that few fit has an index of its own, which begins with all that is asked for.
    if asked.problem is not None and asked.state is None:
        assert "problem=?" in own[0]
    if asked.verdict is not None:
        assert "verdict=?" in own[0]
    if asked.state not in {None, State.JUDGED} and asked.problem is None:
        assert "submissions_alive" in own[0] or "submissions_cancelled" in own[0], own


def test_progress_and_counts_scan_nothing(store: Store, me: int) -> None:
    progress = plan_of(store, lambda: store.submissions.progress(me, ["double"]))
    counts = plan_of(store, store.submissions.counts)

    assert [line for line in progress if "SCAN submissions" in line] == []
    assert len([line for line in progress if line.startswith("SEARCH submissions")]) == 2
    # The index of what is not over holds nothing else.
    assert [line for line in counts if "submissions_alive" not in line] == []


def plan_of(store: Store, ask: Callable[[], object]) -> Sequence[str]:
    """What SQLite says it does for the last statement of `ask`."""
    asked: list[tuple[str, object]] = []

    def note(_connection, _cursor, statement, parameters, *_rest) -> None:
        asked.append((statement, parameters))

    event.listen(store.database.engine, "before_cursor_execute", note)
    try:
        ask()
    finally:
        event.remove(store.database.engine, "before_cursor_execute", note)
    statement, parameters = asked[-1]
    with store.database.read() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        return [row[3] for row in plan]
