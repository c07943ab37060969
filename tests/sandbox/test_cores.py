"""A thread that judges stays on one core with the processes of its box, and is free afterwards."""

import os
import threading
from pathlib import Path

import pytest

from judge.bootstrap import LocalJudge
from judge.model import Exit, Limits
from judge.proxy.callee import load_request
from judge.proxy.codec import plain_codec
from judge.sandbox.base import Order
from judge.sandbox.cores import on_one_core, the_only_core
from tests.boxes import BoxChannel
from tests.builders import a_problem

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
        with on_one_core():  # changes nothing, nor does its end
            assert the_only_core() == core
        assert the_only_core() == core

    assert os.sched_getaffinity(0) == CORES
    assert the_only_core() is None


@several
def test_a_core_that_whoever_runs_the_judge_has_chosen_is_no_choice_of_ours() -> None:
    os.sched_setaffinity(0, {min(CORES)})
    try:
        with on_one_core():
            assert the_only_core() is None
    finally:
        os.sched_setaffinity(0, CORES)


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
def test_user_code_runs_on_the_core_of_the_thread_that_calls(judge: LocalJudge) -> None:
    judge.image("python")
    with judge._sandbox().lease("python", 256) as box, on_one_core():
        for _ in range(2):
            assert BoxChannel(box, Limits()).load(WHERE, ["where"]).where() == [the_only_core()]
            box.end()


@several
@pytest.mark.docker
def test_a_submission_is_judged_on_one_core(judge: LocalJudge, tmp_path: Path) -> None:
    test = "def test_where(solution):\n    assert len(solution.where()) == 1\n"
    manifest = 'title = "Where"\nentry = "def where() -> list[int]"\n'
    problem = a_problem(
        tmp_path,
        files={
            "problem.toml": manifest,
            "tests/test_hidden.py": test,
            "submissions/accepted/a.py": WHERE,
        },
    )

    assert judge.judge(problem, WHERE).verdict == "AC"
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
