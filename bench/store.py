"""A million submissions later: how long lists, histories and single submissions take over HTTP.

A history is written into a data directory of its own, the same for the same number of rows; then
`judge serve` runs on it and is asked over loopback by one client, all kinds of requests in turn, so
that a busy machine slows all of them alike. The server is shown no container engine: what is handed
in here waits and is cancelled, and nothing is judged beside the measuring.

The history is made to hurt: JE occurs only in its first tenth, the favourite problem has no
cancelled submission, and one problem has three submissions in all, the very first ones.
"""

import argparse
import contextlib
import itertools
import json
import os
import random
import shutil
import sqlite3
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import httpx
from load import milliseconds, serving, show

from judge.address import read_token
from judge.catalog import Catalog
from judge.client import connect
from judge.machine import fingerprint
from judge.model import State, TestResult, TestState, Verdict
from judge.settings import Settings
from judge.store import ME, Kind, open_store
from judge.store.database import NAME

SEED, COPIES, TESTS = 20, 34, 18  # 34 copies of each of our packages: 170 problems
DAYS, DAY = 730, 86_400.0
CHUNK = 10_000
FIRST = 3  # submissions, all of the problem with few
WAITING = 20  # the newest submissions; nobody has judged them yet
AT_ONCE = 10  # of the 100 filters, in each round of requests; all of them in ten rounds
LEARNERS = {ME: 800, **{f"learner-{number}": 5 * number for number in range(1, 10)}}
OFTEN = {
    Verdict.AC: 380, Verdict.WA: 340, Verdict.RE: 100, Verdict.TLE: 80, Verdict.CE: 60,
    Verdict.MLE: 25, Verdict.OLE: 5,
}  # fmt: skip
MINE, PROBLEMS = "/api/submissions", "/api/problems"

Row = tuple[object, ...]


def main() -> None:
    """Seed, serve, measure, print."""
    options = argparse.ArgumentParser(description="A million submissions later.")
    options.add_argument("--rows", type=int, default=1_000_000, help="submissions to begin with")
    options.add_argument("--requests", type=int, default=300, help="of every kind")
    wanted = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="judge-bench-") as made:
        data, problems = Path(made) / "data", Path(made) / "problems"
        slugs = copy_problems(problems)
        started = time.perf_counter()
        History(slugs, wanted.rows).write(data)
        took, size = time.perf_counter() - started, (data / NAME).stat().st_size / 2**30
        print(f"{wanted.rows:,} submissions written in {took:.0f} s, {size:.2f} GiB")
        around = {"JUDGE_PROBLEMS": str(problems), "DOCKER_HOST": f"unix://{made}/no-engine"}
        with serving(data, around) as url, connect(url, read_token(data)) as client:
            asking = Asking(client.http, data / NAME, slugs, wanted.rows)
            show(asking.measure(wanted.requests))
            print(f"worst by filter: {asking.worst()}")


def copy_problems(folder: Path) -> list[str]:
    """Make many problems of the few there are; return their names."""
    packages = list(Catalog(Settings.from_environment().problem_dirs))
    slugs = [f"{one.slug}-{copy:02}" for copy in range(COPIES) for one in packages]
    for slug, package in zip(slugs, packages * COPIES, strict=True):
        shutil.copytree(package.folder, folder / slug)
    return slugs


class History:
    """Two years of submissions, past SQLAlchemy for speed, into the tables of the migrations."""

    def __init__(self, slugs: Sequence[str], rows: int) -> None:
        self._rows = rows
        self._random = random.Random(SEED)  # noqa: S311 (repeatable, not secret)
        self._favourite, *self._slugs, self._rare = slugs
        self._now = time.time()
        self._machine = fingerprint()
        self._tests = {
            verdict: [self._test_list(verdict) for _ in range(200)] for verdict in Verdict
        }
        body = "    values = sorted(values, key=len)\n"
        self._sources = ["def answer(values):\n" + body * lines for lines in range(4, 40)]

    def write(self, data: Path) -> None:
        """Write everything in the order of time, so that indices grow as they would."""
        with open_store(data, migrate=True) as store:
            learners = [store.learners.named(name) for name in LEARNERS]
        with contextlib.closing(sqlite3.connect(data / NAME, isolation_level=None)) as raw:
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -500000"):
                raw.execute(f"PRAGMA {pragma}").close()
            raw.execute("BEGIN")
            for first in range(1, self._rows + 1, CHUNK):
                self._submissions(raw, range(first, min(first + CHUNK, self._rows + 1)), learners)
            self._last_day(raw)
            raw.execute("COMMIT")

    def _submissions(self, raw: sqlite3.Connection, ids: range, learners: Sequence[int]) -> None:
        favour = [1 / place for place in range(3, len(self._slugs) + 4)]
        slugs = self._random.choices([self._favourite, *self._slugs], favour, k=len(ids))
        whose = self._random.choices(learners, list(LEARNERS.values()), k=len(ids))
        verdicts = self._random.choices(list(OFTEN), list(OFTEN.values()), k=len(ids))
        rows, judgements = [], []
        for id_, slug, learner, often in zip(ids, slugs, whose, verdicts, strict=True):
            if id_ <= FIRST:
                slug, learner = self._rare, learners[0]  # noqa: PLW2901 (the one exception)
            state = self._state(id_, slug)
            is_old = id_ < self._rows / 10 and self._random.randrange(1000) == 0
            verdict = Verdict.JE if is_old else often
            at = self._now - DAYS * DAY * (1 - id_ / self._rows)
            if state is State.JUDGED:
                rows.append(_submission(id_, learner, slug, state, at, verdict))
                judgements.append(self._judgement(id_, slug, verdict, at))
            else:
                rows.append(_submission(id_, learner, slug, state, at))
        _insert(raw, "submissions", rows)
        _insert(raw, "sources", [(id_, self._source(), None, None) for id_ in ids])
        _insert(raw, "judgements", judgements)

    def _state(self, id_: int, slug: str) -> State:
        if id_ > self._rows - WAITING:
            return State.QUEUED
        is_kept = slug in {self._favourite, self._rare} or self._random.randrange(100)
        return State.JUDGED if is_kept else State.CANCELLED

    def _judgement(self, id_: int, slug: str, verdict: Verdict, at: float) -> Row:
        draw = self._random.random()
        message = None if verdict is Verdict.AC else "not what was asked for, in many words" * 2
        phases = json.dumps([["box", at], ["grader", at + 0.2], ["tests", at + 0.3]])
        return (
            id_, id_, 0, slug, "9" * 64, f"sha256:{'c' * 64}", "5decc993840e", self._machine,
            "0123456789abcdef", verdict, round(draw * 100), 100, message, draw, 2 * draw,
            30 + draw, 1 + draw, self._random.choice(self._tests[verdict]), None, phases, at + 3,
        )  # fmt: skip

    def _last_day(self, raw: sqlite3.Connection) -> None:
        """Write what is forgotten after a day: runs, and the events of the newest submissions."""
        daily = self._rows // DAYS + 1
        runs = range(self._rows + 1, self._rows + daily)
        kept = (1, self._favourite, State.JUDGED, self._now)
        _insert(raw, "submissions", [_submission(id_, *kept, kind=Kind.RUN) for id_ in runs])
        _insert(raw, "sources", [(id_, self._source(), None, None) for id_ in runs])
        told = [("state", "{}"), *[("test", f'"{"9" * 230}"')] * TESTS, ("done", "{}")]
        newest = range(self._rows - WAITING - daily, self._rows - WAITING)
        events = [(None, id_, *one, self._now) for id_ in newest if id_ > 0 for one in told]
        _insert(raw, "events", events)

    def _source(self) -> str:
        return self._random.choice(self._sources)

    def _test_list(self, verdict: Verdict) -> str:
        fails = self._random.randrange(TESTS)
        results = [
            TestResult(
                name=f"test_the_{place:02}th_thing",
                group=f"group {place // 4}",
                sample=place < FIRST,
                state=TestState.JUDGED,
                verdict=verdict if place == fails else Verdict.AC,
                cpu_seconds=round(self._random.random(), 9),
                memory_mib=self._random.random(),
                message="in this case it differs" if place == fails else None,
                round_trips=self._random.randrange(1, 200),
            )
            for place in range(TESTS)
        ]
        return json.dumps([asdict(result) for result in results])


def _submission(  # noqa: PLR0913, PLR0917 (a table has columns)
    id_: int, learner: int, slug: str, state: State, at: float,
    verdict: Verdict | None = None, kind: Kind = Kind.SUBMISSION,
) -> Row:  # fmt: skip
    times = (at, None, None) if state is State.QUEUED else (at, at + 1, at + 3)
    claims = (None, None, None, None, 1, 0, 0)
    return id_, learner, kind, f"{id_:032x}", slug, state, *claims, verdict, *times


def _insert(raw: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        raw.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 (names of ours)


class Asking:
    """Requests of all kinds in turn, and how long each took."""

    def __init__(self, http: httpx.Client, database: Path, slugs: Sequence[str], rows: int) -> None:
        self._http, self._database, self._rows = http, database, rows
        self._random = random.Random(SEED)  # noqa: S311 (repeatable, not secret)
        self._samples: dict[str, list[float]] = defaultdict(list)
        self._by_filter: dict[str, list[float]] = defaultdict(list)
        problems = (None, slugs[0], slugs[1], slugs[-1], "no-such-problem")
        verdicts = (None, Verdict.AC, Verdict.OLE, Verdict.JE)
        named = itertools.product(problems, verdicts, (None, *State))
        self._filters = [_set(problem=one, verdict=two, state=three) for one, two, three in named]
        self._slug = slugs[1]

    def measure(self, times: int) -> dict[str, list[float]]:
        """Return seconds by kind of request."""
        self._http.get(PROBLEMS)  # the first one reads all packages
        filters = itertools.cycle(self._filters)
        for _ in range(times):
            for wanted in itertools.islice(filters, AT_ONCE):
                self._list(wanted)
                self._list({**wanted, "cursor": str(self._any())})
            self._ask(f"GET {MINE}?limit=100", "GET", f"{MINE}?limit=100")
            self._ask(f"GET {MINE}/{{id}}", "GET", f"{MINE}/{self._any()}", missing=True)
            self._ask(f"GET {PROBLEMS}", "GET", PROBLEMS)
            self._ask(f"GET {PROBLEMS}?progress", "GET", f"{PROBLEMS}?progress=solved")
            self._ask(f"GET {PROBLEMS}/{{slug}}", "GET", f"{PROBLEMS}/{self._slug}")
            body = {
                "problem": self._slug,
                "source": "def answer(values):\n    return values\n" * 20,
            }
            made = self._ask(f"POST {MINE}", "POST", MINE, body).json()["id"]
            self._ask(f"POST {MINE}/{{id}}/cancel", "POST", f"{MINE}/{made}/cancel", {})
        for _ in range(times):
            self._from_disk("a list", f"{MINE}?verdict=OLE&cursor={self._any()}")
            self._from_disk("one", f"{MINE}/{self._any()}")
        return self._samples

    def worst(self) -> str:
        """Return the filters that take longest, each with its own 99th percentile."""
        by_p99 = sorted(self._by_filter.items(), key=lambda one: -milliseconds(one[1], 0.99))
        return "; ".join(f"{name} {milliseconds(took, 0.99):.1f} ms" for name, took in by_p99[:3])

    def _list(self, wanted: Mapping[str, str]) -> None:
        row = f"GET {MINE}?{'&'.join(wanted)}".rstrip("?")
        named = "&".join(f"{key}={wanted[key]}" for key in wanted if key != "cursor")
        query = "&".join(f"{key}={value}" for key, value in wanted.items())
        self._ask(row, "GET", f"{MINE}?{query}")
        deep = " deep" if "cursor" in wanted else ""
        self._by_filter[f"{named or 'no filter'}{deep}"].append(self._samples[row][-1])

    def _ask(
        self, row: str, method: str, path: str, body: object = None, *, missing: bool = False
    ) -> httpx.Response:
        started = time.perf_counter()
        answer = self._http.request(method, path, json=body)
        self._samples[row].append(time.perf_counter() - started)
        if not (missing and answer.status_code == httpx.codes.NOT_FOUND):
            answer.raise_for_status()
        return answer

    def _from_disk(self, what: str, path: str) -> None:
        """Ask with nothing of the database in the kernel's page cache."""
        with self._database.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        self._ask(f"{what}, the database not in memory", "GET", path, missing=True)

    def _any(self) -> int:
        return self._random.randrange(1, self._rows)


def _set(**wanted: str | None) -> dict[str, str]:
    return {name: value for name, value in wanted.items() if value is not None}


if __name__ == "__main__":
    main()
