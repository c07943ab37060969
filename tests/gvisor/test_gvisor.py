"""Under gVisor (JUDGE_RUNTIME=runsc) problems and hostile programs get the same verdicts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from judge.bootstrap import LocalJudge, local_judge
from judge.catalog import Catalog, load_problem
from judge.catalog.labelled import VERDICT_FOLDERS
from judge.engine.client import Engine
from judge.settings import Settings

pytestmark = [pytest.mark.docker, pytest.mark.slow]

RUNTIME = "runsc"
HOSTILE = Path(__file__).resolve().parent.parent / "hostile"
# Every program costs some seconds here, so of each family a few.
PROGRAMS = (
    "accepted/cannot_become_root", "accepted/cannot_change_its_personality",
    "accepted/cannot_change_its_root", "accepted/cannot_enter_namespaces",
    "accepted/cannot_find_the_docker_socket", "accepted/cannot_hide_flags_in_clone3",
    "accepted/cannot_make_namespaces", "accepted/cannot_mount", "accepted/cannot_open_sockets",
    "accepted/cannot_reach_a_network", "accepted/cannot_trace_others",
    "accepted/cannot_use_doors_into_the_kernel", "accepted/cannot_use_io_uring",
    "accepted/cannot_use_keyrings", "accepted/cannot_use_setuid_files",
    "accepted/finds_no_way_past_the_door",
    "accepted/frames_hold_no_test",
    "accepted/environment_holds_nothing", "accepted/leaves_deep_folders",
    "accepted/reads_dev_stdin", "accepted/uses_threads",
    "memory_limit_exceeded/fills_a_list", "output_limit_exceeded/floods_stdout",
    "run_time_error/forges_a_question", "run_time_error/forges_an_answer_twice",
    "run_time_error/forges_arithmetic", "run_time_error/kills_everybody",
    "time_limit_exceeded/spins", "time_limit_exceeded/sleeps",
    "wrong_answer/returns_a_float_that_equals_everything",
)  # fmt: skip
LABELLED = (
    ("score-pair-sum", "AC"), ("score-pair-sum", "WA"), ("score-pair-sum", "MLE"),
    ("lru-model-cache", "AC"), ("logreg-from-scratch", "AC"), ("logreg-iris-sklearn", "AC"),
    ("dijkstra-routes", "WA"),
)  # fmt: skip


@pytest.fixture(scope="module")
def guarded(engine: Engine, judge_settings: Settings) -> Iterator[LocalJudge]:
    """A judge whose containers run under gVisor."""
    if RUNTIME not in engine.info()["Runtimes"]:
        pytest.skip(f"the engine knows no runtime {RUNTIME}; `make gvisor` adds it")
    with local_judge(replace(judge_settings, runtime=RUNTIME)) as judge:
        yield judge


def test_the_kernel_is_gvisors(guarded: LocalJudge, engine: Engine) -> None:
    image = guarded.image("python").digest
    said = engine.containers.run(
        image, ["cat", "/proc/version"], remove=True, runtime=RUNTIME, network_mode="none"
    )

    assert said.startswith(b"Linux version 4.4.0")


@pytest.mark.parametrize(("slug", "verdict"), LABELLED)
def test_a_labelled_submission_gets_its_verdict(
    guarded: LocalJudge, judge_settings: Settings, slug: str, verdict: str
) -> None:
    problem = Catalog(judge_settings.problem_dirs).get(slug)
    labelled = next(one for one in problem.submissions if one.expected == verdict)

    judgement = guarded.judge(problem, labelled.source)

    assert judgement.verdict == verdict, judgement.message


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_hostile_program_gets_its_verdict(guarded: LocalJudge, name: str) -> None:
    program = HOSTILE / f"{name}.py"

    judgement = guarded.judge(load_problem(HOSTILE / "package"), program.read_text())

    assert judgement.verdict is VERDICT_FOLDERS[program.parent.name], judgement.message
    last = judgement.tests[-1]
    skipped = program.read_text().startswith("# afterwards: skipped")
    assert last.verdict == (None if skipped else "AC")
