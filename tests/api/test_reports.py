"""What a learner says of a verdict, and all judgements that a submission has had."""

import pytest
from httpx import Client

from judge.model import Verdict
from judge.store import Chosen, Judged
from judge.wire.reports import MAX_TEXT
from tests.api.conftest import JSON, Api
from tests.builders import a_judgement, wanted
from tests.stored import a_judged


@pytest.fixture
def judged(own: Api) -> int:
    return a_judged(own.store, own.me, Verdict.WA).id


def path(submission_id: int) -> str:
    return f"/api/submissions/{submission_id}/report"


def test_a_verdict_is_reported_and_the_report_read_back(
    own: Api, client: Client, judged: int
) -> None:
    said = client.post(path(judged), json={"text": "the statement allows both"})

    assert said.status_code == 200
    assert said.json() == client.get(path(judged)).json()
    assert said.json() | {"created_at": None} == {
        "submission_id": judged,
        "verdict": "WA",
        "text": "the statement allows both",
        "created_at": None,
        "closed_at": None,
    }
    (reported,) = own.store.reports.open_ones()
    assert reported.report.text == "the statement allows both"


def test_a_second_report_takes_the_place_of_the_first(
    own: Api, client: Client, judged: int
) -> None:
    for text in ("first", "second"):
        client.post(path(judged), json={"text": text})

    assert client.get(path(judged)).json()["text"] == "second"
    assert len(own.store.reports.open_ones()) == 1


def test_what_has_been_dealt_with_says_so(own: Api, client: Client, judged: int) -> None:
    client.post(path(judged), json={"text": "why?"})
    own.store.reports.close(judged)

    assert client.get(path(judged)).json()["closed_at"] is not None


@pytest.mark.parametrize(
    "body", [{}, {"text": ""}, {"text": " \n"}, {"text": 1}, {"text": "x", "mood": 1}, []]
)
def test_a_report_says_something_and_nothing_else(
    client: Client, judged: int, body: object
) -> None:
    refused = client.post(path(judged), json=body)

    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    assert client.get(path(judged)).status_code == 404


def test_a_report_has_a_size(client: Client, judged: int) -> None:
    assert client.post(path(judged), json={"text": "é" * MAX_TEXT}).status_code == 200
    refused = client.post(path(judged), json={"text": "é" * (MAX_TEXT + 1)})

    assert refused.status_code == 422
    assert "body.text" in refused.json()["detail"]


def test_there_has_to_be_a_verdict(own: Api, client: Client) -> None:
    waiting = own.store.submissions.accept(own.me, wanted())
    refused = client.post(path(waiting.id), json={"text": "slow"})

    assert refused.status_code == 409
    assert "has not been judged" in refused.json()["detail"]
    assert client.get(path(waiting.id)).json()["status"] == 404


def test_the_verdict_of_others_is_nobody_elses_business(own: Api, client: Client) -> None:
    other = own.store.learners.named("other")
    theirs = a_judged(own.store, other, Verdict.WA)
    own.store.reports.report(theirs, "secret")

    for answer in (
        client.post(path(theirs.id), json={"text": "mine"}),
        client.get(path(theirs.id)),
        client.get(f"/api/submissions/{theirs.id}/judgements"),
    ):
        assert answer.status_code == 404
        assert "secret" not in answer.text
    assert own.store.reports.of(theirs.id).text == "secret"


def test_without_a_key_nothing_is_reported(own: Api, judged: int) -> None:
    with Client(base_url=own.url, headers=JSON) as stranger:
        assert stranger.post(path(judged), json={"text": "x"}).status_code == 401
        assert stranger.get(path(judged)).status_code == 401


def test_all_judgements_of_a_submission_are_shown(own: Api, client: Client, judged: int) -> None:
    number = own.store.rejudges.begin(Chosen(ids=(judged,)))
    assert number is not None
    new = a_judgement(Verdict.AC, problem_version="1" * 64)
    own.store.rejudges.propose(number, judged, Judged(new, "seeds"))
    own.store.rejudges.apply(number, judged)
    said = client.get(f"/api/submissions/{judged}/judgements").json()

    assert said["submission_id"] == judged
    assert [
        (one["number"], one["current"], one["judgement"]["verdict"]) for one in said["rounds"]
    ] == [(1, True, "AC"), (0, False, "WA")]
    assert [one["judgement"]["problem_version"][0] for one in said["rounds"]] == ["1", "0"]
    now = client.get(f"/api/submissions/{judged}").json()
    assert now["judgement"] == said["rounds"][0]["judgement"]
