"""Every labelled submission of every problem gets the verdict that its folder promises.

Two are judged at a time, ahead of the tests that look at the results: a submission and the tests
it is called by wait for each other, so one at a time would leave most of the machine idle.
"""

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from queue import SimpleQueue

import pytest

from judge.bootstrap import LocalJudge, local_judge
from judge.catalog import Catalog, Labelled, Problem
from judge.engine.client import Engine
from judge.judging.labels import disagreements
from judge.model import Judgement
from judge.settings import Settings
from tests.conftest import BUNDLED_PROBLEMS

pytestmark = pytest.mark.docker

AT_A_TIME = 2
SUBMISSIONS = {
    f"{problem.slug}/{labelled.name}": (problem, labelled)
    for problem in Catalog([BUNDLED_PROBLEMS])
    for labelled in problem.submissions
}


@pytest.fixture(scope="module")
def judgements(
    request: pytest.FixtureRequest, engine: Engine, judge_settings: Settings
) -> Iterator[Mapping[str, Future[Judgement]]]:
    """The judgements of the submissions that were chosen, each as soon as it is there."""
    judges: SimpleQueue[LocalJudge] = SimpleQueue()

    def judged(problem: Problem, labelled: Labelled) -> Judgement:
        judge = judges.get()
        try:
            return judge.judge(problem, labelled.source)
        finally:
            judges.put(judge)

    with ExitStack() as stack, ThreadPoolExecutor(AT_A_TIME) as pool:
        for _ in range(AT_A_TIME):
            judges.put(stack.enter_context(local_judge(judge_settings)))
        yield {name: pool.submit(judged, *SUBMISSIONS[name]) for name in chosen(request)}
        pool.shutdown(cancel_futures=True)


def chosen(request: pytest.FixtureRequest) -> list[str]:
    items = [item for item in request.session.items if item.path == request.path]
    return [item.callspec.params["name"] for item in items if isinstance(item, pytest.Function)]


@pytest.mark.parametrize("name", SUBMISSIONS)
def test_submission(judgements: Mapping[str, Future[Judgement]], name: str) -> None:
    judgement = judgements[name].result()

    assert disagreements(SUBMISSIONS[name][1], judgement) == ()
