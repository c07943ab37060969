"""From submitting to the verdict, at the HTTP API of a real server, phase by phase.

Four problems made for the purpose: a function with 20 plain tests, 20 tests around a model that is
trained on iris, one such test among 20, and a property of 100 examples. One submission at a time,
as one learner would, with a pause in between in which a box is made warm. Beside them, in the same
run, a bare container's cycle of the same images, and what no judge of this kind can do without.
"""

import argparse
import contextlib
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from judge import wire
from judge.address import Address, read_address, read_token
from judge.client import Client, connect, follow
from judge.engine.client import Engine, engine_client
from judge.images import find_image

PLAIN = {
    "problem.toml": 'title = "Double"\nentry = "def double(n: int) -> int"\n',
    "tests/test_hidden.py": "import pytest\n\n@pytest.mark.parametrize('n', range(20))\n"
    "def test_doubles(solution, n):\n    assert solution.double(n) == 2 * n\n",
    "submissions/accepted/a.py": "def double(n):\n    return 2 * n\n",
}
IRIS = {
    "problem.toml": 'title = "Iris"\nentry = "def fit(X, y, X_test)"\nprofile = "ml"\n',
    "tests/test_hidden.py": "import numpy as np\nimport pytest\n"
    "from sklearn.datasets import load_iris\n\nX, y = load_iris(return_X_y=True)\n\n"
    "@pytest.mark.parametrize('seed', range(20))\n"
    "def test_flowers(solution, seed):\n"
    "    order = np.random.default_rng(seed).permutation(150)\n"
    "    train, test = order[:100], order[100:]\n"
    "    found = solution.fit(X[train], y[train], X[test])\n"
    "    assert np.mean(found == y[test]) > 0.8\n",
    "submissions/accepted/a.py": "from sklearn.linear_model import LogisticRegression\n\n"
    "def fit(X, y, X_test):\n"
    "    return LogisticRegression(max_iter=200).fit(X, y).predict(X_test)\n",
}
IRIS_ONCE = {
    "problem.toml": 'title = "Iris, once"\nentry = ["def double(n)", "def fit(X, y, X_test)"]\n'
    'profile = "ml"\n',
    "tests/test_hidden.py": IRIS["tests/test_hidden.py"].replace("range(20)", "range(1)")
    + PLAIN["tests/test_hidden.py"].replace("range(20)", "range(19)"),
    "submissions/accepted/a.py": IRIS["submissions/accepted/a.py"]
    + PLAIN["submissions/accepted/a.py"],
}
PROPERTY = {
    "problem.toml": 'title = "Total"\nentry = "def total(xs: list[int]) -> int"\n',
    "tests/test_hidden.py": "from hypothesis import given, strategies as st\n\n"
    "@given(st.lists(st.integers(-1000, 1000), max_size=20))\n"
    "def test_total(solution, xs):\n    assert solution.total(xs) == sum(xs)\n",
    "submissions/accepted/a.py": "def total(xs):\n    return sum(xs)\n",
}
PROBLEMS = {"double": PLAIN, "iris": IRIS, "iris-once": IRIS_ONCE, "property": PROPERTY}
# What no judge that gives every test a process of its own can do without, and nothing else.
FORKS = """
import gc, os, sys, time
import numpy
def fork():
    reading, writing = os.pipe()
    if os.fork() == 0:
        names = {}
        exec(compile(sys.argv[1], "solution", "exec"), names)
        os.write(writing, str(names["double"](21)).encode())
        os._exit(0)
    assert os.read(reading, 64) == b"42"
    os.close(reading), os.close(writing), os.wait()
gc.freeze()
for _ in range(2):
    started = time.perf_counter()
    for _ in range(20):
        fork()
print(time.perf_counter() - started)
"""
# What pytest needs for 20 tests that it has collected and that do nothing.
TESTS = """
import sys, time
sys.path.append("/opt/judge/grader-lib/site-packages")
import pytest
open("/tmp/test_nothing.py", "w").write(
    "import pytest\\n@pytest.mark.parametrize('n', range(20))\\ndef test(n):\\n    assert True\\n"
)
class Timed:
    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self):
        self.started = time.perf_counter()
        done = yield
        self.took = time.perf_counter() - self.started
        return done
quiet = ["-c", "/dev/null", "-p", "no:terminalreporter", "-p", "no:cacheprovider", "-s"]
for _ in range(2):
    timed = Timed()
    pytest.main([*quiet, "/tmp/test_nothing.py"], plugins=[timed])
print(timed.took)
"""
# What 20 trainings cost in one process that has done it before.
FITS = """
import sys, time
from sklearn.datasets import load_iris
X, y = load_iris(return_X_y=True)
exec(sys.argv[1])
fit(X[::2], y[::2], X)
started = time.perf_counter()
for start in range(20):
    fit(X[start : start + 100], y[start : start + 100], X)
print(time.perf_counter() - started)
"""
FLOORS = {
    "20 bare forks: load, one call, exit": ("python", FORKS, PLAIN),
    "20 empty tests of pytest": ("python", TESTS, PLAIN),
    "20 trainings in one process": ("ml", FITS, IRIS),
}
Samples = dict[str, list[float]]


def main() -> None:
    """Measure and print two tables: from end to end, and where the time goes."""
    rounds, pause = options()
    whole: Samples = {}
    phases: Samples = {}
    engine = engine_client()
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as client:
        for slug in PROBLEMS:
            for _ in range(3):
                submit(client, slug)  # the first ones start graders
        for _ in range(rounds):
            for slug in PROBLEMS:
                time.sleep(pause)
                started = time.perf_counter()
                judged = submit(client, slug)
                note(whole, f"{slug}: submit to verdict", time.perf_counter() - started)
                for name, seconds in steps(judged):
                    note(phases, f"{slug}: {name}", seconds)
            for profile in ("python", "ml"):
                cycle(engine, profile, whole)
            for name in FLOORS:
                note(whole, name, floor(engine, name))
    engine.close()
    show("end to end", whole)
    show("where it goes", phases)


def options() -> tuple[int, float]:
    """Read how often to measure, and how long to wait in between."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--pause", type=float, default=3.0, help="seconds between submissions")
    read = parser.parse_args()
    return read.rounds, read.pause


@contextlib.contextmanager
def served(folder: Path) -> Iterator[Client]:
    """Run a server with the problems and a data directory of its own."""
    write_packages(folder / "problems", PROBLEMS)
    data = folder / "data"
    environment = os.environ | {
        "JUDGE_DATA": str(data),
        "JUDGE_PROBLEMS": str(folder / "problems"),
    }
    command = [sys.executable, "-m", "judge", "serve", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:  # noqa: S603 (our own command)
        try:
            with connect(answering(data).url, read_token(data)) as client:
                yield client
        finally:
            server.terminate()


def write_packages(folder: Path, packages: Mapping[str, Mapping[str, str]]) -> None:
    """Write packages of problems."""
    for slug, files in packages.items():
        for name, content in files.items():
            path = folder / slug / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")


def answering(data: Path) -> Address:
    """Wait for a server and return where it is."""
    while (address := read_address(data)) is None:
        time.sleep(0.02)
    return address


def submit(client: Client, slug: str) -> wire.Submission:
    """Submit the reference of a problem and wait for its verdict."""
    source = PROBLEMS[slug]["submissions/accepted/a.py"]
    new = wire.NewSubmission(problem=slug, source=source, key=secrets.token_urlsafe(16))
    accepted = client.submit(new)
    for event in follow(client, "submissions", accepted.id):
        if event.kind == "done":
            judged = wire.Submission.model_validate_json(event.data)
            if judged.judgement is None or judged.judgement.verdict != "AC":
                raise RuntimeError(f"not accepted: {event.data}")
            return judged
    raise RuntimeError("no verdict")


def steps(judged: wire.Submission) -> Iterator[tuple[str, float]]:
    """Yield the phases of a submission and how long each took."""
    if judged.judgement is None or judged.started_at is None or judged.finished_at is None:
        raise RuntimeError("not judged")
    marks: list[tuple[str, datetime]] = [("waiting", judged.created_at)]
    marks.append(("claimed", judged.started_at))
    marks += [(phase.name, phase.started_at) for phase in judged.judgement.phases]
    ends = [*(at for _, at in marks[1:]), judged.finished_at]
    for (name, begin), end in zip(marks, ends, strict=True):
        yield name, (end - begin).total_seconds()


def cycle(engine: Engine, profile: str, samples: Samples) -> None:
    """Create, start, wait for and remove bare containers of the same image."""
    image = find_image(engine, profile).digest
    python = "/opt/judge/venv/bin/python"
    for words in (["true"], [python, "-c", "import numpy"]):
        started = time.perf_counter()
        engine.containers.run(image, words, remove=True, network_mode="none")
        note(
            samples,
            f"bare container ({profile}): `{words[-1]}`",
            time.perf_counter() - started,
        )


def floor(engine: Engine, name: str) -> float:
    """Return what a bare script in a container says that it took, in seconds."""
    profile, script, package = FLOORS[name]
    printed = engine.containers.run(
        find_image(engine, profile).digest,
        ["/opt/judge/venv/bin/python", "-c", script, package["submissions/accepted/a.py"]],
        remove=True,
        network_mode="none",
        environment={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )
    return float(printed)


def note(samples: Samples, name: str, seconds: float) -> None:
    """Keep one value."""
    samples.setdefault(name, []).append(seconds)


def show(title: str, samples: Samples) -> None:
    """Print medians and 95th percentiles in milliseconds."""
    table = Table("step", "p50 ms", "p95 ms", "n", title=title)
    for name, values in samples.items():
        ordered = sorted(values)
        p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
        table.add_row(
            name, f"{statistics.median(values) * 1e3:.1f}", f"{p95 * 1e3:.1f}", str(len(values))
        )
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
