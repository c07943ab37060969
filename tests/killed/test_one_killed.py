"""One part killed in the middle of a judging, or while nothing is judged: what it costs."""

import os
import signal
import time
from pathlib import Path

import pytest

from judge import wire
from judge.model import State, Verdict
from judge.queue import LEASE_SECONDS
from judge.store import ME, Filter, Kind, Store, open_store
from tests.killed.conftest import Say
from tests.killed.judging import QUICK, SLEEPS_SECONDS, SLOW, asking
from tests.killed.killer import children, containers, kill_contained
from tests.killed.private_engine import PrivateEngine
from tests.waiting import eventually

pytestmark = [pytest.mark.docker, pytest.mark.slow]

# Starting all anew takes seconds; who waits for a lease to run out takes longer.
SOON_SECONDS = LEASE_SECONDS - 5
STOP_SECONDS = 5


def accepted(found: wire.Submission) -> bool:
    return found.judgement is not None and found.judgement.verdict is Verdict.AC


def test_a_killed_worker_costs_seconds(private: PrivateEngine, tmp_path: Path, say: Say) -> None:
    with asking(tmp_path, private.host) as judge:
        submitted = judge.submit(SLOW)
        judge.in_the_middle(submitted.id)
        [worker] = children(judge.server.process.pid)
        os.kill(worker, signal.SIGKILL)
        died = time.monotonic()

        found = judge.judged(submitted.id, SOON_SECONDS)
        took = time.monotonic() - died
        say(f"a killed worker: judged {took:.1f} s later, of which it sleeps {SLEEPS_SECONDS} s")
        assert accepted(found)
        assert found.attempts == 2


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_an_ended_server_costs_seconds_once_it_is_started_again(
    private: PrivateEngine, tmp_path: Path, say: Say, how: signal.Signals
) -> None:
    with asking(tmp_path, private.host) as judge:
        submitted = judge.submit(SLOW)
        judge.in_the_middle(submitted.id)
        judge.server.process.send_signal(how)
        judge.server.process.wait(STOP_SECONDS)
    with open_store(tmp_path) as store:
        eventually(lambda: given_back(store))

    began = time.monotonic()
    with asking(tmp_path, private.host) as judge:
        found = judge.judged(submitted.id, SOON_SECONDS)
        took = time.monotonic() - began
        say(f"a new server after {how.name}: judged {took:.1f} s later, sleep {SLEEPS_SECONDS} s")
        assert accepted(found)
        assert found.attempts == 2


def given_back(store: Store) -> bool:
    """Whether the one submission is queued again, without having waited for its lease."""
    me = store.learners.named(ME)
    [one] = store.submissions.page(me, Filter(), limit=2)
    found = store.submissions.get(me, Kind.SUBMISSION, one.id)
    return found.state is State.QUEUED and found.crashes == 0


@pytest.mark.parametrize("role", ["grader", "box"])
def test_what_dies_while_nothing_is_judged_is_not_missed(
    private: PrivateEngine, tmp_path: Path, say: Say, role: str
) -> None:
    with asking(tmp_path, private.host) as judge:
        judge.judged(judge.submit(QUICK).id, SOON_SECONDS)
        idle = eventually(lambda: list(containers(private, role)))  # a box is started anew
        for one in idle:
            assert kill_contained(*one)

        began = time.monotonic()
        found = judge.judged(judge.submit(QUICK).id, SOON_SECONDS)
        took = time.monotonic() - began
        say(f"{len(idle)} idle {role} killed: the next one is judged in {took:.1f} s")
        assert accepted(found)
        assert found.attempts == 1


@pytest.mark.parametrize("role", ["grader", "box"])
def test_what_dies_in_the_middle_is_replaced(
    private: PrivateEngine, tmp_path: Path, say: Say, role: str
) -> None:
    with asking(tmp_path, private.host) as judge:
        submitted = judge.submit(SLOW)
        judge.in_the_middle(submitted.id)
        for one in containers(private, role):
            assert kill_contained(*one)
        died = time.monotonic()

        found = judge.judged(submitted.id, SOON_SECONDS)
        took = time.monotonic() - died
        say(f"a killed {role}: judged {took:.1f} s later, of which it sleeps {SLEEPS_SECONDS} s")
        assert accepted(found)
        assert found.attempts == 1
