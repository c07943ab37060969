"""Whatever is killed: nothing accepted is lost, nothing is judged twice or wrongly."""

import os
import random
import secrets
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Select, select

from judge.engine.container import sweep_dead
from judge.model import State, Verdict
from judge.store import ME, Filter, Store, open_store, tables
from tests.killed.conftest import Say
from tests.killed.killer import Killer
from tests.killed.private_engine import PrivateEngine
from tests.killed.stream import Stream
from tests.waiting import eventually

pytestmark = [pytest.mark.docker, pytest.mark.slow]

KILLS = 50
VICTIMS = ("server", "worker", "grader", "box", "engine")
BETWEEN_SECONDS = (0.1, 2.5)
DRAIN_SECONDS = 240


@dataclass
class Chance:
    """One seed, said in the report, for everything that is left to chance."""

    seed: int

    def __post_init__(self) -> None:
        self.kills = random.Random(self.seed)  # noqa: S311 (to be repeated, not secret)
        self.submissions = random.Random(self.seed)  # noqa: S311 (not secret either)

    def victims(self) -> list[str]:
        """All of them equally often, in any order."""
        victims = [VICTIMS[number % len(VICTIMS)] for number in range(KILLS)]
        self.kills.shuffle(victims)
        return victims


def test_every_accepted_submission_is_judged_once_and_rightly_whatever_is_killed(
    private: PrivateEngine, tmp_path: Path, say: Say
) -> None:
    """What is spared is told in the docstring of Killer."""
    chance = Chance(int(os.environ.get("JUDGE_KILL_SEED") or secrets.randbelow(10**6)))
    say(f"seed {chance.seed} (JUDGE_KILL_SEED={chance.seed} repeats it)")
    data_dir = tmp_path / "data"
    stream = Stream(data_dir, chance.submissions, waiting=3)
    began = time.monotonic()
    with (
        open_store(data_dir, migrate=True) as store,
        Killer(chance.kills, store, private, data_dir) as killer,
    ):
        with stream.flowing():
            for victim in chance.victims():
                time.sleep(chance.kills.uniform(*BETWEEN_SECONDS))
                killer.kill(victim)
                assert stream.trouble is None
        killing = time.monotonic() - began
        private.revive()
        drained = _drain(store)
    kills = ", ".join(f"{victim} {killer.killed[victim]}" for victim in VICTIMS)
    say(
        f"{killer.killed.total()} kills ({kills}) in {killing:.0f} s; {len(stream.accepted)} "
        f"accepted, {stream.repeated} of them when asked again; "
        f"all judged after {time.monotonic() - began:.0f} s"
    )

    assert stream.trouble is None
    assert drained, _log(data_dir)
    with open_store(data_dir) as store:
        _require_each_judged_once_and_rightly(store, stream, data_dir)
    with private.client() as client:
        eventually(lambda: client.api.containers() == [])
        # What was only created when its judge died or ended is the next one's to remove.
        sweep_dead(client)
        eventually(lambda: client.api.containers(all=True) == [])


def _drain(store: Store) -> bool:
    until = time.monotonic() + DRAIN_SECONDS
    while time.monotonic() < until:
        if sum(store.submissions.counts().values()) == 0:
            return True
        time.sleep(0.2)
    return False


def _require_each_judged_once_and_rightly(store: Store, stream: Stream, data_dir: Path) -> None:
    me = store.learners.named(ME)
    found = store.submissions.page(me, Filter(), limit=10_000)
    assert sorted(one.id for one in found) == sorted(stream.accepted), "none lost, none doubled"
    assert {one.state for one in found} == {State.JUDGED}

    judgements = _counted(store, select(tables.judgements.c.submission_id))
    ends = select(tables.events.c.submission_id).where(tables.events.c.kind == "done")
    ended = _counted(store, ends)
    once = dict.fromkeys(stream.accepted, 1)
    assert judgements == once
    assert ended == once

    said = {one.id: one.verdict for one in found}
    wrong = {
        number: f"{said[number]} of {what.problem}, should be {what.verdict}: "
        f"{store.judgements.of(number, 0)}"
        for number, what in stream.accepted.items()
        if said[number] is not what.verdict
    }
    assert wrong == {}, "\n".join([*wrong.values(), *_tracebacks(data_dir)])
    assert Verdict.JE not in said.values()


def _counted(store: Store, query: Select[int]) -> Counter[int]:
    with store.database.read() as connection:
        return Counter(connection.execute(query).scalars())


def _log(data_dir: Path) -> str:
    return "\n".join(_lines(data_dir)[-60:])


def _tracebacks(data_dir: Path) -> list[str]:
    """A bug of ours that ended in JE, as the log has it."""
    lines = _lines(data_dir)
    begun = [number for number, line in enumerate(lines) if line.startswith("Traceback")]
    return [line for number in begun for line in lines[max(0, number - 1) : number + 60]]


def _lines(data_dir: Path) -> list[str]:
    return (data_dir / "log.txt").read_text(errors="replace").splitlines()
