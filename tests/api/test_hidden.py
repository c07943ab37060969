"""What is hidden stays hidden, on every way that leads out of the API."""

import json
from dataclasses import asdict

import pytest
from httpx import Client

from judge import wire
from judge.catalog import load_problem
from judge.errors import GraderFailed
from judge.judging.events import AttemptFailed
from judge.model import Verdict
from judge.store import Judged, Kind
from judge.worker.telling import Teller
from tests.api.conftest import Api, Worker
from tests.api.test_events import heard, submit
from tests.builders import HIDDEN, SOURCE, a_judgement, a_test, wanted
from tests.stored import judge_next

SECRET = "what a hidden test printed"
HIDDEN_TEST = a_test("hidden/01", Verdict.WA, stdout=SECRET, message="wrong answer", round_trips=31)
SAMPLE = a_test("test_two", Verdict.WA, stdout="of a sample", message="assert 3 == 4")
KEYS = set(wire.Test.model_fields)


def ways_out(client: Client, number: int) -> str:
    """Everything that the API says of a submission."""
    paths = (
        f"/api/submissions/{number}", "/api/submissions", "/api/submissions?verdict=WA",
        "/api/problems", "/api/problems/double", "/metrics", "/readyz", "/api/openapi.json",
    )  # fmt: skip
    events = "".join(event.data for event in heard(client, number))
    return "".join(client.get(path).text for path in paths) + events


def test_what_a_hidden_test_printed_leaves_on_no_way(
    own: Api, client: Client, worker: Worker
) -> None:
    number = submit(own)
    claim = worker.claim()
    for index, test in enumerate((SAMPLE, HIDDEN_TEST)):
        worker.tell(claim, "test", index=index, test=asdict(test))
    judgement = a_judgement(Verdict.WA, tests=(SAMPLE, HIDDEN_TEST))
    worker.queue.finish(claim, Judged(judgement, "seeds"))
    said = ways_out(client, number)

    assert "of a sample" in said
    assert SECRET not in said
    assert "round_trips" not in said


def test_a_hidden_test_is_what_the_wire_knows_of_it_and_no_more(
    own: Api, client: Client, worker: Worker
) -> None:
    number = submit(own)
    claim = worker.claim()
    worker.tell(claim, "test", index=0, test=asdict(HIDDEN_TEST) | {"expected": SECRET})
    worker.queue.finish(claim, Judged(a_judgement(tests=(HIDDEN_TEST,)), "seeds"))
    events = {event.event: json.loads(event.data) for event in heard(client, number)}
    shown = client.get(f"/api/submissions/{number}").json()["judgement"]["tests"]

    for test in (events["test"]["test"], *events["done"]["judgement"]["tests"], *shown):
        assert set(test) == KEYS
        assert test["stdout"] is None
        assert (test["name"], test["message"]) == ("hidden/01", "wrong answer")


def test_no_file_of_a_package_but_what_is_to_be_read_is_told(own: Api, client: Client) -> None:
    problem = load_problem(own.bank / "double")
    number = submit(own, source="x = 1\n")
    judge_next(own.store, Verdict.WA)
    said = ways_out(client, number)

    for path in ("tests/test_hidden.py", "submissions/accepted/a.py"):
        secret = problem.files[path].decode()
        assert secret in {HIDDEN, SOURCE}
        assert json.dumps(secret)[1:-1] not in said
    assert str(own.bank) not in said


def test_a_failure_of_ours_is_told_without_its_words(
    own: Api, client: Client, worker: Worker
) -> None:
    number = submit(own)
    claim = worker.claim()
    failure = GraderFailed(f"in test_hidden.py: {SECRET}")
    with Teller(worker.queue, claim, own.hint) as teller:
        teller(AttemptFailed(failure, 1))
        worker.queue.tell(claim, teller.rest())
    worker.finish(claim)
    said = ways_out(client, number)

    assert "the judge failed, not your program" in said
    assert SECRET not in said
    assert "test_hidden" not in said


@pytest.mark.parametrize("kind", Kind)
def test_another_learner_sees_nothing_of_it(own: Api, client: Client, kind: Kind) -> None:
    other = own.store.learners.named("other")
    secret = f"# {SECRET}\n{SOURCE}"
    theirs = own.store.submissions.accept(other, wanted(kind=kind, source=secret), "their key")
    mine = client.post(
        "/api/submissions", json={"problem": "double", "source": SOURCE, "key": "theirkey"}
    ).json()["id"]
    what = "submissions" if kind is Kind.SUBMISSION else "runs"
    judge_next(own.store)
    judge_next(own.store)

    assert client.get(f"/api/{what}/{theirs.id}").status_code == 404
    assert client.get(f"/api/{what}/{theirs.id}/events").status_code == 404
    assert client.post(f"/api/{what}/{theirs.id}/cancel", json={}).status_code == 404
    assert SECRET not in ways_out(client, mine)
