"""Warm boxes: leased when there are some, replaced behind one's back, never an obstacle."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from judge.errors import InfrastructureError
from judge.sandbox.pool import Pool, Sort
from tests.fakes import FakeBox

PYTHON = Sort("python", 256)
ML = Sort("ml", 512)


@dataclass
class Cold:
    """A sandbox that counts its boxes; refuses while something is set that it may fail of."""

    fault: bool = False
    missing: str | None = None  # the profile of which no box starts
    bug: Exception | None = None
    started: list[tuple[str, int]] = field(default_factory=list)
    boxes: list[FakeBox] = field(default_factory=list)
    open: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def lease(self, profile: str, memory_mib: int) -> Iterator[FakeBox]:
        if self.bug is not None:
            raise self.bug
        if self.fault or profile == self.missing:
            raise InfrastructureError("no space")
        box = FakeBox()
        with self._lock:
            self.started.append((profile, memory_mib))
            self.boxes.append(box)
            self.open += 1
        try:
            yield box
        finally:
            with self._lock:
                self.open -= 1


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.002)


def test_a_lease_takes_a_box_that_was_started_before() -> None:
    cold = Cold()
    with Pool(cold, size=1, capacity=2).running(PYTHON) as pool:
        until(lambda: len(cold.boxes) == 1)
        with pool.lease("python", 200) as box:
            assert box is cold.boxes[0]
            until(lambda: len(cold.boxes) == 2)  # the next one is started meanwhile


def test_the_last_box_is_started_when_nothing_is_judged() -> None:
    cold = Cold()
    with Pool(cold, size=2, capacity=2).running(PYTHON) as pool:
        until(lambda: len(cold.boxes) == 2)
        with pool.lease("python", 256):
            time.sleep(0.1)
            assert len(cold.boxes) == 2  # one is left, and starting another would take a core
            with pool.lease("python", 256):
                until(lambda: len(cold.boxes) == 3)  # none was left
                time.sleep(0.1)
                assert len(cold.boxes) == 3
        until(lambda: len(cold.boxes) == 4)


def test_a_used_box_stays_until_what_came_of_it_can_be_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("judge.sandbox.pool.QUIET_SECONDS", 60)
    cold = Cold()
    with Pool(cold, size=2, capacity=2).running(PYTHON) as pool:
        until(lambda: len(cold.boxes) == 2)
        with pool.lease("python", 256):
            pass
        time.sleep(0.1)
        assert (cold.open, len(cold.boxes)) == (2, 2)

        with pool.lease("python", 256):  # the last one: the next to come would wait for another
            until(lambda: len(cold.boxes) == 3)
    assert cold.open == 0


def test_no_box_is_leased_twice_by_many_threads() -> None:
    cold = Cold()
    seen: list[int] = []

    def use(pool: Pool) -> None:
        for _ in range(20):
            with pool.lease("python", 256) as box:
                seen.append(id(box))

    with Pool(cold, size=3, capacity=6).running(PYTHON) as pool:
        threads = [threading.Thread(target=use, args=(pool,)) for _ in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

    assert len(seen) == len(set(seen)) == 160
    assert cold.open == 0


def test_an_empty_pool_starts_a_box_on_the_spot() -> None:
    cold = Cold()
    with Pool(cold, size=0, capacity=0).running() as pool, pool.lease("ml", 300):
        assert cold.started == [("ml", 512)]
    assert cold.open == 0


def test_a_box_that_died_while_it_waited_is_not_leased() -> None:
    cold = Cold()
    with Pool(cold, size=1, capacity=1).running(PYTHON) as pool:
        until(lambda: len(cold.boxes) == 1)
        cold.boxes[0].alive = False
        with pool.lease("python", 256) as box:
            assert box is not cold.boxes[0]
        until(lambda: cold.open == 1)  # the dead one is removed, too


def test_what_was_leased_longest_ago_gives_way() -> None:
    cold = Cold()
    with Pool(cold, size=1, capacity=1).running(PYTHON) as pool:
        until(lambda: cold.open == 1)
        with pool.lease("ml", 512):
            pass
        until(lambda: cold.started.count(("ml", 512)) == 2 and cold.open == 1)
        assert cold.started == [("python", 256), ("ml", 512), ("ml", 512)]


def test_boxes_that_do_not_start_are_tried_again_and_nobody_fails_for_it(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("judge.sandbox.pool.PAUSE_SECONDS", 0.01)
    cold = Cold(fault=True)
    with Pool(cold, size=1, capacity=1).running(PYTHON) as pool:
        until(lambda: "no warm box of profile 'python': no space" in caplog.text)
        with pytest.raises(InfrastructureError), pool.lease("python", 256):
            pass
        cold.fault = False
        until(lambda: cold.open == 1)
        with pool.lease("python", 256) as box:
            assert box is cold.boxes[0]


def test_a_sort_that_does_not_start_is_in_no_others_way_and_is_mentioned_once(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("judge.sandbox.pool.PAUSE_SECONDS", 0.01)
    cold = Cold(missing="ml")
    with Pool(cold, size=1, capacity=2).running(PYTHON, ML):
        until(lambda: cold.open == 1)
        assert cold.started == [("python", 256)]
        time.sleep(0.1)
        assert caplog.text.count("no warm box of profile 'ml'") == 1

        cold.missing = None
        until(lambda: cold.open == 2)


def test_a_bug_does_not_end_the_thread_that_removes_used_boxes(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("judge.sandbox.pool.PAUSE_SECONDS", 0.01)
    cold = Cold(bug=TypeError("a bug"))
    with Pool(cold, size=1, capacity=1).running(PYTHON):
        until(lambda: "TypeError: a bug" in caplog.text)
        cold.bug = None
        until(lambda: cold.open == 1)


def test_at_its_end_a_pool_leaves_nothing() -> None:
    cold = Cold()
    with Pool(cold, size=2, capacity=4).running(PYTHON, ML):
        until(lambda: cold.open == 4)
    assert cold.open == 0


@pytest.mark.parametrize(
    ("wanted", "kept"), [(1, 256), (256, 256), (257, 512), (1024, 1024), (3000, 3000)]
)
def test_memory_comes_in_classes(wanted: int, kept: int) -> None:
    assert Sort.of("python", wanted) == Sort("python", kept)
