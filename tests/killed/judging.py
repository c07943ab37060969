"""A small problem of its own, and what is asked of a server about submissions to it."""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from judge import wire
from judge.client import Client, connect, follow
from judge.model import State
from tests.builders import SOURCE, a_package
from tests.served import Served, served
from tests.waiting import eventually

SLEEPS_SECONDS = 3.0
# Accepted, after a while in which something can be killed.
SLOW = f"import time\ndef double(n):\n    time.sleep({SLEEPS_SECONDS})\n    return 2 * n\n"
QUICK = SOURCE


@dataclass(frozen=True)
class Asking:
    """A running server and a client of it."""

    server: Served
    client: Client

    def submit(self, source: str) -> wire.Submission:
        return self.client.submit(wire.NewSubmission(problem="double", source=source, key=None))

    def judged(self, number: int, seconds: float) -> wire.Submission:
        """Wait for the judgement."""

        def done() -> wire.Submission | None:
            found = self.client.submission(number)
            return found if found.state is State.JUDGED else None

        found = eventually(done, seconds)
        assert found is not None
        return found

    def ready(self, seconds: float = 20) -> None:
        """Wait until the worker could judge."""
        eventually(lambda: self.client.readiness().ready, seconds)

    def in_the_middle(self, number: int) -> None:
        """Wait until the tests of a submission run."""
        for event in follow(self.client, "submissions", number):
            if event.kind == "phase" and json.loads(event.data)["name"] == "tests":
                return
        raise AssertionError("it was judged before anybody could look")


@contextlib.contextmanager
def asking(data_dir: Path, engine_host: str) -> Iterator[Asking]:
    """Run a server with the small problem, judging on an engine."""
    bank = data_dir / "bank"
    if not bank.exists():
        a_package(bank)
    environment = {"DOCKER_HOST": engine_host, "JUDGE_PROBLEMS": str(bank)}
    with (
        served(data_dir, environment=environment) as server,
        connect(server.url, server.token) as client,
    ):
        yield Asking(server, client)
