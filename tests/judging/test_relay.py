"""A test's way into the box and back: its budget, questions, nested calls, memory."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.errors import MalformedHeader
from judge.grading import Answered, Called, Done, Ended, Outcome, ProgramCalled, Report
from judge.judging.relay import MAX_PRINTED, Patience, Relay, TestOver
from judge.model import Exit, Limits, RunResult, StopReason
from judge.sandbox.base import Order
from tests.fakes import FakeBox, FakeSession

ANSWERED = RunResult(Exit.ANSWERED)
LIMITS = Limits(cpu_seconds=2.0, wall_seconds=6.0, memory_mib=100)


def a_relay(box: FakeBox, session: FakeSession | None = None, limits: Limits = LIMITS) -> Relay:
    return Relay(box, session or FakeSession(), Order(b"load", limits))


def test_what_came_of_a_call_is_delivered() -> None:
    box, session = FakeBox(calls=[replace(ANSWERED, payload=b"reply")]), FakeSession()

    a_relay(box, session).call(Called(b"request"))

    assert box.called[0][0] == b"request"
    assert session.heard == [("go", ANSWERED), ("deliver", box.calls[0])]


def test_a_call_is_sent_before_it_is_known_whether_the_source_loads() -> None:
    box = FakeBox(starts=[RunResult(Exit.EXITED, exit_code=3)])
    session = FakeSession()

    a_relay(box, session).call(Called(b"request"))

    assert box.prepared == [Order(b"load", LIMITS)]
    assert [request for request, _ in box.called] == [b"request"]
    assert session.heard == [("go", box.starts[0])]


def test_a_program_is_told_of_a_first_process_that_did_not_load() -> None:
    lost = RunResult(Exit.STOPPED, stop_reason=StopReason.CPU)
    session = FakeSession()

    a_relay(FakeBox(starts=[lost]), session).run_program(ProgramCalled(b"", ("-v",)))

    assert session.heard == [("go", lost)]


def test_calls_share_one_budget() -> None:
    box = FakeBox(calls=[replace(ANSWERED, cpu_seconds=0.5, wall_seconds=1.5)])
    relay = a_relay(box)
    for _ in range(3):
        relay.call(Called(b""))

    assert [limits.cpu_seconds for _, limits in box.called] == [2.0, 1.5, 1.0]
    assert [limits.wall_seconds for _, limits in box.called] == [6.0, 4.5, 3.0]


@given(st.lists(st.floats(0, 3), max_size=6), st.floats(0, 20))
def test_the_budget_never_grows_and_is_never_nothing(used: list[float], loading: float) -> None:
    box = FakeBox(
        starts=[replace(ANSWERED, cpu_seconds=loading)],
        calls=[replace(ANSWERED, cpu_seconds=cpu) for cpu in [*used, 0.0]],
    )
    relay = a_relay(box)
    relay.load()
    for _ in used:
        relay.call(Called(b""))

    left = [limits.cpu_seconds for _, limits in box.called]
    assert left == sorted(left, reverse=True)
    assert all(0 < seconds <= 2.0 + 1e-9 for seconds in left)
    assert relay.used.cpu_seconds == pytest.approx(loading + sum(used))


def test_the_cpu_time_of_loading_is_not_taken_from_the_budget() -> None:
    box = FakeBox(starts=[replace(ANSWERED, cpu_seconds=5.0)])
    relay = a_relay(box)
    relay.load()
    relay.call(Called(b""))

    assert box.called[0][1].cpu_seconds == 2.0


def test_the_wall_time_of_loading_is_not_taken_from_the_budget() -> None:
    box = FakeBox(starts=[replace(ANSWERED, wall_seconds=5.5)])
    relay = a_relay(box)
    relay.load()
    relay.call(Called(b""))

    assert box.called[0][1].wall_seconds == 6.0


def test_more_memory_than_allowed_stops_a_test_though_the_box_had_room() -> None:
    box, session = FakeBox(calls=[replace(ANSWERED, memory_mib=100.5)]), FakeSession()
    relay = a_relay(box, session)
    relay.call(Called(b""))

    assert relay.last.exit is Exit.STOPPED
    assert relay.last.stop_reason is StopReason.MEMORY
    assert session.heard == [("go", ANSWERED), ("deliver", relay.last)]


def test_another_reason_to_stop_is_kept() -> None:
    facts = RunResult(Exit.STOPPED, stop_reason=StopReason.CPU, memory_mib=500)
    relay = a_relay(FakeBox(calls=[facts]))
    relay.call(Called(b""))

    assert relay.last == facts


def test_a_question_is_taken_to_the_test_and_its_answer_back() -> None:
    box = FakeBox(questions=[b"q1", b"q2"])
    session = FakeSession([Answered(b"a1"), Answered(b"a2")])

    a_relay(box, session).call(Called(b""))

    assert box.answered == [b"a1", b"a2"]
    assert [what for what, _ in session.heard] == ["go", "ask", "ask", "deliver"]


def test_a_test_may_call_again_before_it_answers() -> None:
    box = FakeBox(questions=[b"q"], calls=[replace(ANSWERED, cpu_seconds=0.5)])
    session = FakeSession([Called(b"nested"), Answered(b"a")])

    a_relay(box, session).call(Called(b"outer"))

    assert [request for request, _ in box.called] == [b"outer", b"nested"]
    assert [what for what, _ in session.heard] == ["go", "ask", "deliver", "deliver"]
    assert box.answered == [b"a"]


@pytest.mark.parametrize("said", [Done(), ProgramCalled(b"", ())], ids=["done", "run"])
def test_nothing_else_is_an_answer(said: Done | ProgramCalled) -> None:
    with pytest.raises(MalformedHeader, match="instead of an answer"):
        a_relay(FakeBox(questions=[b"q"]), FakeSession([said])).call(Called(b""))


def test_a_test_may_end_instead_of_answering() -> None:
    ended = Ended(Report(Outcome.PASSED))

    with pytest.raises(TestOver) as over:
        a_relay(FakeBox(questions=[b"q"]), FakeSession([ended])).call(Called(b""))

    assert over.value.message == ended


def test_what_was_printed_is_kept_up_to_a_cap() -> None:
    relay = a_relay(FakeBox(calls=[replace(ANSWERED, stdout=b"x" * 50_000)]))
    for _ in range(3):
        relay.call(Called(b""))

    assert len(relay.used.stdout) == MAX_PRINTED


def test_a_program_runs_in_the_process_that_was_loaded_for_it_once() -> None:
    box = FakeBox(calls=[RunResult(Exit.EXITED, exit_code=0)])
    relay = a_relay(box)
    relay.load()
    relay.run_program(ProgramCalled(b"first", ()))
    relay.run_program(ProgramCalled(b"second", ()))

    assert len(box.started) == 2
    assert box.ended == 1
    assert [stdin for stdin, _ in box.called] == [b"first", b"second"]


def test_a_program_with_arguments_gets_a_process_of_its_own() -> None:
    box = FakeBox(calls=[RunResult(Exit.EXITED, exit_code=0)])
    relay = a_relay(box)
    relay.load()
    relay.run_program(ProgramCalled(b"", ("-v",)))

    assert [order.argv for order in box.started] == [(), ("-v",)]


def test_a_program_that_does_not_load_again_is_told_of() -> None:
    lost = RunResult(Exit.STOPPED, stop_reason=StopReason.CPU)
    box, session = FakeBox(starts=[ANSWERED, lost]), FakeSession()
    relay = a_relay(box, session)
    relay.load()
    relay.run_program(ProgramCalled(b"", ("-v",)))

    assert session.heard == [("deliver_run", lost)]
    assert box.called == []


def test_a_program_asks_nothing() -> None:
    with pytest.raises(MalformedHeader, match="question from a program"):
        a_relay(FakeBox(questions=[b"q"])).run_program(ProgramCalled(b"", ()))


def test_a_source_that_did_not_load_is_never_asked_again() -> None:
    box, session = FakeBox(starts=[RunResult(Exit.EXITED, exit_code=0)]), FakeSession()
    relay = a_relay(box, session)
    for _ in range(3):
        relay.call(Called(b""))

    assert len(box.called) == 1
    assert [what for what, _ in session.heard] == ["go", "deliver", "deliver"]
    assert relay.last == box.starts[0]


def test_a_submission_that_asks_for_too_long_is_stopped_and_its_later_tests_too() -> None:
    box, patience = FakeBox(questions=[b"a question"]), Patience(seconds=0.0)
    session = FakeSession([Answered(b"answer")])

    relay = Relay(box, session, Order(b"load", LIMITS), patience)
    relay.call(Called(b""))

    kind, stopped = session.heard[-1]
    assert kind == "deliver"
    assert isinstance(stopped, RunResult)
    assert (stopped.exit, stopped.stop_reason) == (Exit.STOPPED, StopReason.QUESTIONS)
    assert box.answered == []
    assert box.ended == 1

    relay.call(Called(b"in the test's finally"))
    assert session.heard[-1] == ("deliver", stopped)
    assert (len(box.called), box.ended) == (1, 1)

    again = FakeSession([Answered(b"answer")])
    Relay(FakeBox(questions=[b""]), again, Order(b"load", LIMITS), patience).call(Called(b""))
    assert again.heard[-1] == ("deliver", stopped)


def test_a_test_that_ends_instead_of_answering_ends_whatever_is_left_for_answers() -> None:
    relay = Relay(
        FakeBox(questions=[b""]),
        FakeSession([Ended(Report(Outcome.PASSED))]),
        Order(b"load", LIMITS),
        Patience(seconds=0.0),
    )

    with pytest.raises(TestOver):
        relay.call(Called(b""))
