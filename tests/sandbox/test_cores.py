"""A thread that judges stays on one core with the processes of its box, and is free afterwards."""

import os
import threading

import pytest

from judge.bootstrap import LocalJudge
from judge.model import Exit, Limits
from judge.proxy.callee import load_request
from judge.proxy.codec import plain_codec
from judge.sandbox.base import Order
from judge.sandbox.cores import on_one_core, the_only_core
from judge.sandbox.pool import Pool
from tests.boxes import BoxChannel

CORES = os.sched_getaffinity(0)
WHERE = """
import os
def where(): return sorted(os.sched_getaffinity(0))
"""
several = pytest.mark.skipif(len(CORES) < 2, reason="a machine of one core leaves no choice")


@several
def test_a_thread_is_bound_for_a_while() -> None:
    with on_one_core():
        core = the_only_core()
        assert {core} == os.sched_getaffinity(0) < CORES
        with on_one_core():
            assert the_only_core() == core
        assert the_only_core() == core

    assert os.sched_getaffinity(0) == CORES
    assert the_only_core() is None


@several
def test_two_threads_have_two_cores() -> None:
    found: list[int | None] = []
    together = threading.Barrier(2, timeout=10)

    def work() -> None:
        with on_one_core():
            together.wait()
            found.append(the_only_core())
            together.wait()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert len(set(found)) == 2


@several
def test_a_thread_whose_work_fails_is_free_again() -> None:
    with pytest.raises(ZeroDivisionError), on_one_core():
        _ = 1 / 0

    assert os.sched_getaffinity(0) == CORES


@several
@pytest.mark.docker
def test_user_code_runs_on_the_core_of_the_thread_that_leased_its_box(judge: LocalJudge) -> None:
    judge.image("python")
    limits = Limits()
    with Pool(judge._sandbox(), size=1, capacity=1).running() as pool:
        with pool.lease("python", 256) as box:
            core = the_only_core()
            for _ in range(2):
                assert BoxChannel(box, limits).load(WHERE, ["where"]).where() == [core]
                box.end()

        assert core in CORES
        assert os.sched_getaffinity(0) == CORES


@pytest.mark.docker
def test_user_code_of_a_free_thread_runs_anywhere(judge: LocalJudge) -> None:
    judge.image("python")
    with judge._sandbox().lease("python", 256) as box:
        request = plain_codec().encode(load_request(WHERE, ["where"], None, ()))
        assert box.start(Order(request, Limits())).exit is Exit.ANSWERED
        box.end()
        where = BoxChannel(box, Limits()).load(WHERE, ["where"]).where()

    assert where == sorted(CORES)
