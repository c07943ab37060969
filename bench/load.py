"""Fifty learners at once: errors, wrong verdicts, whose turn it is, times and memory.

A real `judge serve` judges in real boxes. Every client is a learner: it submits a labelled solution
of a quick problem, follows it to its end, and submits the next. Another hands in a pile at once,
and one comes late. All clients are one process, whose share of the cores is in every figure.
"""

import argparse
import asyncio
import contextlib
import json
import os
import ssl
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import cycle, islice
from pathlib import Path

import httpx
from httpx_sse import SSEError, aconnect_sse
from latency import PLAIN, write_packages
from rich.box import MARKDOWN
from rich.console import Console
from rich.table import Table

from judge.address import read_address
from judge.catalog import Labelled, load_problem
from judge.machine import fingerprint
from judge.store import KeyKind, open_store

START_SECONDS, REST_SECONDS, POLL_SECONDS = 60, 10, 0.2
SLUG, POLLERS = "double", 4  # twenty plain tests: 500 of them end in minutes on two cores
PACKAGE = PLAIN | {
    "submissions/wrong_answer/b.py": "def double(n):\n    return 2 * n if n < 9 else n\n",
    "submissions/run_time_error/c.py": "def double(n):\n    return [0, 2, 4][n]\n",
}
MINE, PROBLEMS = "/api/submissions", "/api/problems"
MANY = httpx.Limits(max_connections=None)
TLS = ssl.create_default_context()  # unused, but each client would spend 20 ms on its own


def main() -> None:
    """Serve, submit, follow, print."""
    options = argparse.ArgumentParser(description="Fifty learners at once.")
    options.add_argument("--clients", type=int, default=50)
    options.add_argument("--submissions", type=int, default=500, help="of all clients together")
    options.add_argument("--pile", type=int, default=100, help="of one more learner, at once")
    wanted = options.parse_args()
    names = [*(f"client {number}" for number in range(wanted.clients)), "pile", "late"]
    with tempfile.TemporaryDirectory(prefix="judge-bench-") as made:
        data = Path(made) / "data"
        with open_store(data, migrate=True) as store:
            ids = {name: store.learners.named(name) for name in names}
            tokens = {one: store.learners.new_key(ids[one], KeyKind.TOKEN) for one in ids}
        problems = Path(made) / "problems"
        write_packages(problems, {SLUG: PACKAGE})
        with serving(data, {"JUDGE_PROBLEMS": str(problems)}) as url:
            labelled = load_problem(problems / SLUG).submissions
            load = Load(url, tokens, labelled, wanted.submissions // wanted.clients, wanted.pile)
            memory = Memory(data)
            asyncio.run(load.run(memory))
    show(load.samples)
    load.tell()
    memory.tell()


@dataclass(frozen=True)
class Ended:
    """A submission that was judged."""

    learner: str
    created_at: datetime
    started_at: datetime
    finished_at: datetime


@dataclass
class Load:
    """All clients, and what they saw."""

    url: str
    tokens: Mapping[str, str]
    labelled: Sequence[Labelled]
    each: int
    pile: int
    samples: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)

    async def run(self, memory: "Memory") -> None:
        """Run all clients to their end."""
        await self._until_ready()
        memory.look()
        watching = asyncio.create_task(memory.watch())
        names = [name for name in self.tokens if name.startswith("client")]
        polling = [asyncio.create_task(self._poll(name)) for name in names[:POLLERS]]
        clients = (self._client(place, name) for place, name in enumerate(names))
        await asyncio.gather(self._pile(), self._late(), *clients)
        for task in polling:
            task.cancel()
        await asyncio.gather(*polling, return_exceptions=True)
        await asyncio.sleep(REST_SECONDS)
        watching.cancel()
        memory.look()

    def tell(self) -> None:
        """Print what is no duration."""
        seconds = sum((one.finished_at - one.started_at).total_seconds() for one in self.ended)
        first = min(one.started_at for one in self.ended)
        lasted = (max(one.finished_at for one in self.ended) - first).total_seconds()
        pace, took = 60 * len(self.ended) / lasted, seconds / len(self.ended)
        print(f"- judged: {len(self.ended)}, {pace:.1f} a minute, {took:.2f} s each")
        print(f"- errors: {len(self.errors)} {self.errors[:5]}")
        print(f"- wrong verdicts: {len(self.wrong)} {self.wrong[:5]}")
        for who in ("client", "pile", "late"):
            places = sorted(self._place(one) for one in self.ended if one.learner.startswith(who))
            middle, last = places[len(places) // 2], places[-1]
            print(f"- place after arrival, {who}: median {middle}, last {last} of {len(places)}")

    def _place(self, one: Ended) -> int:
        """Return as which one it was begun, of all that were begun since it came."""
        since = (other for other in self.ended if one.created_at < other.started_at)
        return sum(other.started_at <= one.started_at for other in since)

    async def _until_ready(self) -> None:
        async with httpx.AsyncClient(base_url=self.url) as http:
            while (await http.get("/readyz")).status_code != httpx.codes.OK:
                await asyncio.sleep(POLL_SECONDS)

    async def _client(self, place: int, name: str) -> None:
        row = f"POST {MINE}, the first of all clients at one instant"
        async with self._http(name) as http:
            for labelled in islice(cycle(self.labelled), place, place + self.each):
                with self._noting(name):
                    made = await self._submit(http, labelled, row)
                    await self._follow(http, name, labelled, made)
                row = ""

    async def _pile(self) -> None:
        async with self._http("pile") as http, asyncio.TaskGroup() as following:
            for labelled in islice(cycle(self.labelled), self.pile):
                with self._noting("pile"):
                    made = await self._submit(http, labelled)
                    following.create_task(self._follow(http, "pile", labelled, made))

    async def _late(self) -> None:
        total = self.pile + self.each * (len(self.tokens) - 2)
        while len(self.ended) + len(self.errors) < total // 3:
            await asyncio.sleep(POLL_SECONDS)
        async with self._http("late") as http:
            made = await self._submit(http, self.labelled[0])
            await self._follow(http, "late", self.labelled[0], made)

    async def _submit(self, http: httpx.AsyncClient, labelled: Labelled, row: str = "") -> str:
        """Hand one in; return where it is."""
        body = {"problem": SLUG, "source": labelled.source}
        return f"{MINE}/{(await self._ask(http, 'POST', MINE, body, row)).json()['id']}"

    async def _follow(
        self, http: httpx.AsyncClient, name: str, labelled: Labelled, path: str
    ) -> None:
        """Follow one to its end; a stream that ends before is an error."""
        started, heard = time.perf_counter(), 0
        with self._noting(f"{name}, {path}"):
            async with aconnect_sse(http, "GET", f"{path}/events", timeout=60) as source:
                source.response.raise_for_status()
                async for event in source.aiter_sse():
                    if not heard:
                        took = time.perf_counter() - started
                        self.samples["first event of a stream"].append(took)
                    heard += 1
                    if event.event == "done":
                        self._note(name, labelled, json.loads(event.data))
                        return
            raise SSEError(f"the stream ended after {heard} events")

    @contextlib.contextmanager
    def _noting(self, what: str) -> Iterator[None]:
        try:
            yield
        except (httpx.HTTPError, SSEError) as error:
            self.errors.append(f"{what}: {error!r}")

    def _note(self, name: str, labelled: Labelled, over: Mapping[str, object]) -> None:
        times = (str(over[f"{what}_at"]) for what in ("created", "started", "finished"))
        one = Ended(name, *map(datetime.fromisoformat, times))
        self.ended.append(one)
        judgement = over["judgement"]
        verdict = judgement["verdict"] if isinstance(judgement, dict) else None
        if verdict != labelled.expected:
            self.wrong.append(f"{labelled.name}: {verdict}")

    async def _poll(self, name: str) -> None:
        """Read lists for as long as the others need."""
        one = MINE
        async with self._http(name) as http:
            for path in cycle((MINE, "", PROBLEMS, f"{PROBLEMS}/{SLUG}")):
                with self._noting(path):
                    answer = await self._ask(http, "GET", path or one)
                    if path == MINE and (listed := answer.json()["submissions"]):
                        one = f"{MINE}/{listed[0]['id']}"
                await asyncio.sleep(POLL_SECONDS)

    async def _ask(
        self, http: httpx.AsyncClient, method: str, path: str, body: object = None, row: str = ""
    ) -> httpx.Response:
        parts = ("{id}" if part.isdecimal() else part for part in path.split("/"))
        named = row or f"{method} {'/'.join(parts)}"
        started = time.perf_counter()
        answer = await http.request(method, path, json=body)
        self.samples[named].append(time.perf_counter() - started)
        return answer.raise_for_status()

    def _http(self, name: str) -> httpx.AsyncClient:
        me = {"Authorization": f"Bearer {self.tokens[name]}"}
        return httpx.AsyncClient(base_url=self.url, headers=me, verify=TLS, limits=MANY, timeout=30)


class Memory:
    """What server and worker hold: resident memory and open files."""

    def __init__(self, data: Path) -> None:
        address = read_address(data)
        server = 0 if address is None else address.pid
        children = [
            int(child)
            for path in Path(f"/proc/{server}/task").glob("*/children")
            for child in path.read_text().split()
        ]
        self._pids = {"server": server, "worker": children[0]}
        self._seen: dict[str, list[tuple[float, int]]] = defaultdict(list)

    async def watch(self) -> None:
        """Look every second."""
        while True:
            self.look()
            await asyncio.sleep(1)

    def look(self) -> None:
        """Note how it is now."""
        for name, pid in self._pids.items():
            status = Path(f"/proc/{pid}/status").read_text()
            resident = int(status.partition("VmRSS:")[2].split()[0]) / 1024
            files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
            self._seen[name].append((resident, files))

    def tell(self) -> None:
        """Print the first, the highest and the last look."""
        for name, seen in self._seen.items():
            most = [max(column) for column in zip(*seen, strict=True)]
            figures = "; ".join(f"{mib:.0f}, {files}" for mib, files in (seen[0], most, seen[-1]))
            print(f"- {name}: resident MiB, open files: at first, at most, at last: {figures}")


@contextlib.contextmanager
def serving(data: Path, around: Mapping[str, str]) -> Iterator[str]:
    """Run `judge serve` on a free port while the block lasts; give its address."""
    environment = {**os.environ, "JUDGE_DATA": str(data), **around}
    command = [sys.executable, "-m", "judge", "serve", "--port", "0"]
    data.mkdir(mode=0o700, exist_ok=True)
    with (data / "server.log").open("ab") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)  # noqa: S603 (this command)
    try:
        until = time.monotonic() + START_SECONDS
        while (address := read_address(data)) is None:
            if server.poll() is not None or time.monotonic() > until:
                raise RuntimeError((data / "server.log").read_text(encoding="utf-8"))
            time.sleep(0.05)
        yield address.url
    finally:
        server.terminate()
        server.wait(30)


def milliseconds(seconds: Sequence[float], share: float) -> float:
    """Return what this share of the durations does not pass (nearest rank)."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1e3


def show(samples: dict[str, list[float]]) -> None:
    """Print percentiles as Markdown, and what they were measured on."""
    table = Table("request", "n", "p50 ms", "p95 ms", "p99 ms", box=MARKDOWN)
    everything = [seconds for took in samples.values() for seconds in took]
    for name, took in (samples | {"all of them": everything}).items():
        figures = (f"{milliseconds(took, share):.1f}" for share in (0.5, 0.95, 0.99))
        table.add_row(name, str(len(took)), *figures)
    Console(width=160).print(table)
    print(f"on {fingerprint()}; load average now {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
