"""What a box costs, warm and cold, beside a bare container and epicbox, side by side in one run.

All of it with one engine and one image, in turns, so that a busy machine slows everybody alike:
twenty calls in one process of a warm box; a cold box beside `docker run` with the same imports; a
program run by us and by epicbox (a library from PyPI that runs a program in a container, as most
judges do); how many submissions a judge sustains beside the cycles of bare containers; and what it
holds in memory while nobody submits.
"""

import argparse
import subprocess
import tempfile
import time
import venv
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast

from docker.models.containers import Container
from latency import Samples, note, served, show, submit
from path import BoxChannel

from judge.address import read_address
from judge.catalog import Problem, load_problem
from judge.client import Client
from judge.engine.client import Engine, engine_client
from judge.engine.container import INSTANCE_LABEL, ROLE_LABEL
from judge.images import ImageRef, find_image
from judge.judging.orders import Submission, order
from judge.machine import fingerprint
from judge.model import Exit
from judge.proxy.caller import Remote
from judge.proxy.solution import Solution
from judge.sandbox.cores import on_one_core
from judge.sandbox.docker import DockerSandbox
from judge.sandbox.pool import Pool, Sort
from judge.settings import Settings

PYTHON = "/opt/judge/venv/bin/python"
CALLS, MIB = 20, 1 << 20
KEPT = 2
SETTLED_SECONDS = 1.0  # until the processes that a box has forked ahead are there
IMPORTS = {
    "python": "import numpy",
    "ml": "import numpy, scipy.optimize, scipy.stats, pandas, sklearn.linear_model, "
    "sklearn.model_selection, sklearn.ensemble, sklearn.cluster, sklearn.neighbors, "
    "sklearn.decomposition, sklearn.metrics, sklearn.datasets, sklearn.compose, sklearn.impute",
}
PROGRAM = "print(sum(range(10)))"
# epicbox 1.1 is of a time before urllib3 2, so it gets a Python environment of its own.
EPICBOX = ("epicbox==1.1.0", "docker>=7", "urllib3<2", "setuptools<81")
EPICBOX_ROUNDS = """
import logging, sys, time
import epicbox, structlog
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
epicbox.configure(profiles=[epicbox.Profile("python", sys.argv[1], user="root")])
for _ in sys.stdin:
    files = [{"name": "main.py", "content": sys.argv[3].encode()}]
    started = time.perf_counter()
    said = epicbox.run("python", f"{sys.argv[2]} main.py", files=files, limits={"memory": 256})
    assert said["stdout"] == b"45\\n", said
    print(time.perf_counter() - started, flush=True)
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--submissions", type=int, default=200, help="for the sustained rate")
    read = parser.parse_args()
    engine = engine_client()
    with tempfile.TemporaryDirectory(prefix="judge-bench-") as made, ExitStack() as stack:
        ask_epicbox = stack.enter_context(_Epicbox(Path(made), find_image(engine, "python")))
        with served(Path(made)) as client:  # makes the packages, too
            idle(engine, Path(made))
            sustained(engine, client, read.submissions)
        problem = load_problem(Path(made) / "problems" / "double")
        samples: Samples = {}
        for _ in range(read.rounds):
            bare(engine, samples)
            note(samples, f"epicbox: `{PROGRAM}`", ask_epicbox())
            for profile in IMPORTS:
                boxes(engine, profile, problem, samples)
    engine.close()
    show("one after the other", samples)
    print(f"on {fingerprint()}")


def bare(engine: Engine, samples: Samples) -> None:
    """Run bare containers."""
    for profile, imports in IMPORTS.items():
        for words in (["true"], [PYTHON, "-c", imports]):
            name = "true" if len(words) == 1 else "the imports of a warm box"
            with_bare(engine, profile, words, f"bare container ({profile}): {name}", samples)
    with_bare(engine, "python", [PYTHON, "-c", PROGRAM], f"bare container: `{PROGRAM}`", samples)


def with_bare(engine: Engine, profile: str, words: list[str], name: str, samples: Samples) -> None:
    """Create, start, wait for and remove one container."""
    started = time.perf_counter()
    engine.containers.run(
        find_image(engine, profile).digest, words, remove=True, network_mode="none"
    )
    note(samples, name, time.perf_counter() - started)


def boxes(engine: Engine, profile: str, problem: Problem, samples: Samples) -> None:
    """Lease a cold box and a warm one, and have each do twenty calls in one process.

    The pool keeps two, as a worker's does, so that it starts no other one beside the calls.
    """
    image = find_image(engine, profile)
    cold = DockerSandbox(engine, lambda _profile: image, "bench")
    pool = Pool(cold, KEPT, KEPT)
    sort = Sort.of(profile, 256)
    first = order(Submission(problem, problem.reference or "", image, b"bench"), problem.limits)

    def calls() -> None:
        with pool.lease(profile, 256) as box, on_one_core():  # as a submission is judged
            box.prepare(first)
            if box.start(first).exit is not Exit.ANSWERED:
                raise RuntimeError("the reference cannot be loaded")
            double = Solution(Remote(BoxChannel(box, problem)), problem.entry).double
            if [double(n) for n in range(CALLS)] != [2 * n for n in range(CALLS)]:
                raise RuntimeError("the reference is wrong")
            done.append(time.perf_counter())

    for kind in ("cold", "warm"):
        done: list[float] = []
        with ExitStack() as stack:
            if kind == "warm":
                stack.enter_context(pool.running(sort))
                wait_until(lambda: len(pool._kept[sort]) == KEPT)  # noqa: SLF001 (nobody else asks)
                time.sleep(SETTLED_SECONDS)
            started = time.perf_counter()
            calls()
        note(samples, f"{kind} box ({profile}): {CALLS} calls in one process", done[0] - started)


def sustained(engine: Engine, client: Client, number: int) -> None:
    """Compare how many submissions a judge takes in a minute with cycles of bare containers."""
    threads = Settings.from_environment().concurrency
    image = find_image(engine, "python")
    rates: dict[str, float] = {}
    started = time.perf_counter()
    with ThreadPoolExecutor(threads + 1) as crowd:  # one is always waiting in the queue
        list(crowd.map(lambda _: submit(client, "double"), range(number)))
    rates[f"{number} submissions of 20 tests"] = number / (time.perf_counter() - started)
    for name, words in (
        ("bare containers, `import numpy`", [PYTHON, "-c", "import numpy"]),
        ("bare containers, `true`", ["true"]),
    ):
        rates[name] = rate_of(engine, image, words, max(10, number // 4), threads)
    print(f"sustained, {threads} at a time:")
    for name, rate in rates.items():
        share = rates["bare containers, `import numpy`"]
        print(f"- {name}: {60 * rate:.0f} a minute, {100 * rate / share:.0f} % of `import numpy`")


def rate_of(engine: Engine, image: ImageRef, words: list[str], number: int, threads: int) -> float:
    """Return how many bare containers there are in a second."""

    def cycle(_: int) -> None:
        engine.containers.run(image.digest, words, remove=True, network_mode="none")

    started = time.perf_counter()
    with ThreadPoolExecutor(threads) as crowd:
        list(crowd.map(cycle, range(number)))
    return number / (time.perf_counter() - started)


def idle(engine: Engine, folder: Path) -> None:
    """Print what server, worker and warm boxes hold while nobody submits."""
    address = read_address(folder / "data")
    server = 0 if address is None else address.pid
    children = [
        int(child)
        for path in Path(f"/proc/{server}/task").glob("*/children")
        for child in path.read_text().split()
    ]
    worker = children[0]
    wait_until(lambda: len(warm_boxes(engine, worker)) > 1)
    time.sleep(10)
    resident = [_resident_mib(pid) for pid in (server, worker)]
    print(f"idle: server {resident[0]:.0f} MiB, worker {resident[1]:.0f} MiB resident")
    for box in warm_boxes(engine, worker):
        print(f"- a warm `{box.labels['judge.profile']}` box: {_held_mib(box):.0f} MiB")


def warm_boxes(engine: Engine, worker: int) -> list[Container]:
    """Return the boxes of a worker."""
    every = engine.containers.list(filters={"label": f"{ROLE_LABEL}=box"})
    return [one for one in every if one.labels[INSTANCE_LABEL].startswith(f"{worker}-")]


def _resident_mib(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def _held_mib(box: Container) -> float:
    """Return the anonymous and kernel memory of a box."""
    said = engine_stats(box)
    v1 = said.get("total_rss")
    if v1 is None:
        return (said["anon"] + said["kernel"]) / MIB
    path = Path(f"/sys/fs/cgroup/memory/docker/{box.id}/memory.kmem.usage_in_bytes")
    return (v1 + int(path.read_text() if path.exists() else 0)) / MIB


def engine_stats(box: Container) -> dict[str, int]:
    """Return the memory statistics that the engine reads of a cgroup."""
    said = cast("dict[str, Any]", box.stats(stream=False))
    stats: dict[str, int] = said["memory_stats"]["stats"]
    return stats


def wait_until(is_so: Callable[[], object]) -> None:
    """Wait for something that will be so."""
    while not is_so():
        time.sleep(0.02)


class _Epicbox:
    """Runs the program with epicbox, in a process of its own; called, it returns seconds."""

    def __init__(self, folder: Path, image: ImageRef) -> None:
        self._home, self._image = folder / "epicbox", image

    def __enter__(self) -> Callable[[], float]:
        venv.create(self._home, with_pip=True)
        python = str(self._home / "bin" / "python")
        install = [python, "-m", "pip", "install", "--quiet", *EPICBOX]
        subprocess.run(install, check=True)  # noqa: S603 (named above)
        command = [python, "-c", EPICBOX_ROUNDS, self._image.digest, PYTHON, PROGRAM]
        self._process = subprocess.Popen(  # noqa: S603 (our own command)
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self._ask

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def _ask(self) -> float:
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("no pipes")
        self._process.stdin.write("once\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())


if __name__ == "__main__":
    main()
