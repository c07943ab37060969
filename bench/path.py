"""Where the time of one submission goes, step by step, beside a bare container's cycle.

Everything is measured in one run, alternating, so that a busy machine slows all rows alike.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from rich.console import Console
from rich.table import Table

from judge.bootstrap import local_judge
from judge.catalog import Catalog, Problem
from judge.engine.client import Engine, engine_client
from judge.images import ImageRef, find_image
from judge.judging.orders import Submission, order
from judge.model import Exit
from judge.proxy.caller import Remote
from judge.proxy.channel import Answer, Delivery, ProgramRun
from judge.proxy.solution import Solution
from judge.sandbox.base import Box
from judge.sandbox.cores import on_one_core
from judge.sandbox.docker import DockerSandbox
from judge.settings import Settings

ROUNDS = 20
CALLS = 200
SLUG = "score-pair-sum"

Samples = dict[str, list[float]]


class BoxChannel:
    """A test's end of a box, without a grader in between."""

    def __init__(self, box: Box, problem: Problem) -> None:
        self._box, self._limits = box, problem.limits

    def exchange(self, request: bytes, answer: Answer) -> Delivery:
        result = self._box.result(self._box.send(request, self._limits), answer)
        if result.exit is not Exit.ANSWERED:
            raise RuntimeError(f"the reference did not answer: {result}")
        return Delivery(result.payload)

    def run_program(self, stdin: bytes, argv: list[str]) -> ProgramRun:
        raise NotImplementedError


def main() -> None:
    """Measure and print one table."""
    settings = Settings.from_environment()
    problem = Catalog(settings.problem_dirs).get(SLUG)
    engine = engine_client()
    image = find_image(engine, problem.profile)
    samples: Samples = {}
    for _ in range(ROUNDS):
        bare_container(engine, image, samples)
        box_steps(engine, image, problem, samples)
    whole_submissions(settings, problem, samples)
    engine.close()
    show(samples)


def bare_container(engine: Engine, image: ImageRef, samples: Samples) -> None:
    """Create, start, wait for and remove a container of the same image that runs `true`."""
    with clocked(samples, "bare container: create, start, wait, remove `true`"):
        engine.containers.run(image.digest, ["true"], remove=True, network_mode="none")


def box_steps(engine: Engine, image: ImageRef, problem: Problem, samples: Samples) -> None:
    """Start a box and take one test through it."""
    sandbox = DockerSandbox(engine, lambda _profile: image, "bench")
    submission = Submission(problem, problem.reference or "", image, b"bench")
    with ExitStack() as stack:
        with clocked(samples, "box: start until warm"):
            box = stack.enter_context(sandbox.lease(problem.profile, problem.limits.memory_mib))
        stack.enter_context(on_one_core())  # as a submission is judged
        with clocked(samples, "box: fresh process, source loaded"):
            box.start(order(submission, problem.limits))
        solution = Solution(Remote(BoxChannel(box, problem)), problem.entry)
        for _ in range(CALLS):
            with clocked(samples, "box: one call, worker to submission and back"):
                solution.pair_indices([2, 7, 11], 9)
        with clocked(samples, "box: all killed and removed between two tests"):
            box.end()


def whole_submissions(settings: Settings, problem: Problem, samples: Samples) -> None:
    """Judge the reference, with the grader cold as on the command line, then warm."""
    source = problem.reference or ""
    for _ in range(5):
        with local_judge(settings) as judge:
            for grader in ("cold", "warm"):
                with clocked(samples, f"{problem.slug}: judged, grader {grader}"):
                    judge.judge(problem, source)


@contextmanager
def clocked(samples: Samples, name: str) -> Iterator[None]:
    """Note how long the block took."""
    started = time.perf_counter()
    yield
    samples.setdefault(name, []).append(time.perf_counter() - started)


def show(samples: Samples) -> None:
    """Print medians and 95th percentiles in milliseconds."""
    table = Table("step", "p50 ms", "p95 ms", "n")
    for name, values in samples.items():
        ordered = sorted(values)
        p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
        table.add_row(
            name, f"{statistics.median(values) * 1e3:.2f}", f"{p95 * 1e3:.2f}", str(len(values))
        )
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
