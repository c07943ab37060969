"""Who is next: learners take turns, and what is said of it is what happens."""

import tempfile
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import event

from judge.queue import Queue, positions
from judge.store import Kind, Store
from tests.builders import wanted
from tests.stored import new_store

# A number is a submission by that learner; None is a claim.
HISTORY = st.lists(st.one_of(st.integers(0, 3), st.none()), max_size=25)


def submit(store: Store, learner: int, kind: Kind = Kind.SUBMISSION) -> int:
    return store.submissions.accept(learner, wanted(kind=kind)).id


def claims(store: Store) -> list[int]:
    """The ids of everything that is queued, in the order in which a worker gets it."""
    queue = Queue(store.database, "w")
    found = []
    while (claim := queue.claim()) is not None:
        found.append(claim.submission.id)
    return found


def test_one_learner_is_served_in_the_order_of_submitting(store: Store, me: int) -> None:
    ids = [submit(store, me), submit(store, me, Kind.RUN), submit(store, me)]

    assert claims(store) == ids


def test_a_pile_does_not_starve_another_learners_single_submission(store: Store, me: int) -> None:
    pile = [submit(store, me) for _ in range(50)]
    single = submit(store, store.learners.named("other"))

    assert positions(store.database)[single] == 1
    assert claims(store)[:3] == [pile[0], single, pile[1]]


def test_whoever_was_served_longest_ago_is_next(store: Store, me: int) -> None:
    other = store.learners.named("other")
    submit(store, me)
    claims(store)
    mine = submit(store, me)
    theirs = submit(store, other)

    assert claims(store) == [theirs, mine]


def test_several_piles_are_taken_from_in_turns(store: Store, me: int) -> None:
    learners = [me, store.learners.named("other"), store.learners.named("third")]
    piles = {learner: [submit(store, learner) for _ in range(4)] for learner in learners}

    turns = zip(*piles.values(), strict=True)
    assert claims(store) == [one for turn in turns for one in turn]


@given(HISTORY)
@example([0, 1, 1, 0])  # whoever was first once is first in every turn
def test_positions_are_the_real_order_of_claims(history: list[int | None]) -> None:
    with tempfile.TemporaryDirectory() as folder, new_store(Path(folder)) as store:
        learners = [store.learners.named(f"learner {number}") for number in range(4)]
        queue = Queue(store.database, "w")
        for step in history:
            if step is None:
                queue.claim()
            else:
                submit(store, learners[step])
        said = positions(store.database)
        taken = claims(store)

    assert said == {submission_id: place for place, submission_id in enumerate(taken)}


def test_looking_for_the_next_one_reads_the_queue_and_not_the_past(store: Store, me: int) -> None:
    asked: list[tuple[str, object]] = []

    def note(_connection, _cursor, statement, parameters, *_rest) -> None:
        asked.append((statement, parameters))

    event.listen(store.database.engine, "before_cursor_execute", note)
    Queue(store.database, "w").claim()
    positions(store.database)
    event.remove(store.database.engine, "before_cursor_execute", note)
    selects = [one for one in asked if one[0].startswith("SELECT")]
    assert len(selects) == 2
    for statement, parameters in selects:
        with store.database.read() as connection:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            lines = [row[3] for row in plan if "submissions" in row[3]]
        assert lines != []
        assert [line for line in lines if "submissions_alive (state=?" not in line] == []
