"""Submitting, looking, listing, cancelling: what is accepted is there, once, and shown as it is."""

from datetime import datetime

import pytest
from httpx import Client

from judge.model import Verdict
from judge.store import Judged, Kind
from judge.store import submissions as store_submissions
from tests.api.conftest import Api
from tests.api.test_access import said
from tests.builders import SOURCE, a_counterexample, a_judgement, a_trial
from tests.stored import full_disk, judge_next
from tests.waiting import eventually

SUBMISSIONS, RUNS = "/api/submissions", "/api/runs"
GOOD = {"problem": "double", "source": SOURCE}


def submitted(client: Client, **changed: object) -> int:
    answer = client.post(SUBMISSIONS, json=GOOD | changed)
    assert answer.status_code == 202, answer.text
    return int(answer.json()["id"])


def test_a_submission_is_accepted_with_the_address_where_it_is(client: Client) -> None:
    answer = client.post(SUBMISSIONS, json=GOOD)
    body = answer.json()

    assert answer.status_code == 202
    assert answer.headers["location"] == f"{SUBMISSIONS}/{body['id']}"
    assert datetime.fromisoformat(body.pop("created_at")).tzinfo is not None
    assert body == {
        "id": 1, "problem": "double", "state": "queued", "position": None, "attempts": 0,
        "reason": "no worker has been heard of lately; another one is started within a minute",
        "started_at": None, "finished_at": None, "source": SOURCE, "judgement": None,
    }  # fmt: skip


def test_a_judged_submission_is_shown_with_its_judgement(own: Api, client: Client) -> None:
    number = submitted(client)
    judgement = a_judgement(Verdict.WA, counterexample=a_counterexample(), message="no")
    judge_next(own.store, Judged(judgement, "fingerprint of seeds"))
    answer = client.get(f"{SUBMISSIONS}/{number}")
    body = answer.json()

    assert (body["state"], body["position"], body["reason"]) == ("judged", None, None)
    shown = body["judgement"]
    assert (shown["verdict"], shown["points"], shown["max_points"]) == ("WA", 0, 100)
    assert shown["counterexample"] == {
        "input": "double(0)", "output": "1", "expected": "0", "minimal": True,
    }  # fmt: skip
    assert [test["name"] for test in shown["tests"]] == ["test_two", "hidden/01"]
    assert "fingerprint" not in answer.text


def test_asking_again_with_the_same_key_doubles_nothing(client: Client) -> None:
    answers = [client.post(SUBMISSIONS, json=GOOD | {"key": "k"}) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {202}
    assert {answer.json()["id"] for answer in answers} == {1}
    assert len(client.get(SUBMISSIONS).json()["submissions"]) == 1


def test_a_key_of_another_submission_is_refused(client: Client) -> None:
    submitted(client, key="k")
    answers = [
        client.post(SUBMISSIONS, json=GOOD | {"key": "k", "source": "x = 1\n"}),
        client.post(SUBMISSIONS, json=GOOD | {"key": "k", "problem": "echo"}),
        client.post(RUNS, json=GOOD | {"key": "k"}),
    ]

    assert [answer.status_code for answer in answers] == [409, 409, 409]
    assert {said(one) for one in answers} == {
        "the key 'k' was given to submission 1, which is another one"
    }
    assert submitted(client, key="l") == 2


def test_a_run_with_arguments_can_be_asked_for_again(client: Client) -> None:
    asked = GOOD | {"key": "k", "args": [1.5, [True, None, {"ä": -1}]]}
    answers = [client.post(RUNS, json=asked) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    assert answers[0].json()["args"] == asked["args"]


def test_a_queue_that_is_full_takes_nothing_more_but_forgets_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_submissions, "MAX_QUEUED", 2)
    for key in "ab":
        submitted(client, key=key)
    refused = client.post(SUBMISSIONS, json=GOOD | {"key": "c"})
    again = client.post(SUBMISSIONS, json=GOOD | {"key": "a"})

    assert (refused.status_code, refused.headers["retry-after"]) == (503, "60")
    assert "2 submissions of yours are waiting" in said(refused)
    assert (again.status_code, again.json()["id"]) == (202, 1)


def test_nothing_is_accepted_that_cannot_be_stored(own: Api, client: Client) -> None:
    with full_disk(own.store) as space_again:
        large = {"source": "#" * 200_000}
        refused = client.post(SUBMISSIONS, json=GOOD | large)
        assert refused.status_code == 507
        assert "free some space" in said(refused)
        assert client.get(SUBMISSIONS).json()["submissions"] == []
        space_again()
        submitted(client, **large)


def test_a_list_is_read_page_by_page(own: Api, client: Client) -> None:
    numbers = [submitted(client) for _ in range(5)]
    judge_next(own.store, Verdict.WA)
    client.post(RUNS, json=GOOD)
    found: list[int] = []
    query: dict[str, object] = {"limit": 2}
    for length in (2, 2, 1):
        page = client.get(SUBMISSIONS, params=query).json()
        assert len(page["submissions"]) == length
        found += [one["id"] for one in page["submissions"]]
        query["cursor"] = page["next"]

    assert query["cursor"] is None
    assert found == numbers[::-1]
    first = client.get(SUBMISSIONS, params={"verdict": "WA"}).json()["submissions"]
    assert [(one["id"], one["verdict"], one["state"]) for one in first] == [(1, "WA", "judged")]
    assert "source" not in first[0]
    queued = client.get(SUBMISSIONS, params={"state": "queued", "problem": "double"}).json()
    assert [one["id"] for one in queued["submissions"]] == numbers[:0:-1]


def test_cancelling_is_for_what_is_not_over(own: Api, client: Client) -> None:
    first, second = submitted(client), submitted(client)
    judge_next(own.store)
    over = client.post(f"{SUBMISSIONS}/{first}/cancel", json={})
    cancelled = [client.post(f"{SUBMISSIONS}/{second}/cancel", json={}) for _ in range(2)]

    assert over.status_code == 409
    assert "has been judged" in said(over)
    assert [one.status_code for one in cancelled] == [200, 200]
    assert cancelled[0].json()["state"] == "cancelled"
    assert (
        cancelled[0].json() == cancelled[1].json() == client.get(f"{SUBMISSIONS}/{second}").json()
    )


def test_a_run_is_no_submission_and_the_other_way_round(client: Client) -> None:
    submission = submitted(client)
    run = client.post(RUNS, json=GOOD).json()["id"]

    for path in (f"{SUBMISSIONS}/{run}", f"{RUNS}/{submission}", f"{RUNS}/{submission}/events"):
        assert client.get(path).status_code == 404
    for path in (f"{SUBMISSIONS}/{run}", f"{RUNS}/{submission}"):
        assert client.post(f"{path}/cancel", json={}).status_code == 404


def test_a_trial_is_shown_with_its_run(own: Api, client: Client) -> None:
    answer = client.post(RUNS, json=GOOD | {"args": [2]})
    assert answer.headers["location"] == "/api/runs/1"
    assert answer.json()["trial"] is None
    judge_next(own.store, a_trial(matches=False, stdout="said"))
    body = client.get("/api/runs/1").json()

    assert (body["state"], body["judgement"], body["args"]) == ("judged", None, [2])
    assert body["trial"] == {
        "output": "4", "expected": "4", "matches": False, "error": None, "stdout": "said",
        "cpu_seconds": 0.01, "refused": None,
    }  # fmt: skip


def test_the_place_in_the_queue_is_told_while_there_is_one(own: Api, client: Client) -> None:
    def places() -> list[int | None]:
        return [client.get(f"{SUBMISSIONS}/{one}").json()["position"] for one in numbers]

    numbers = [submitted(client) for _ in range(3)]
    eventually(lambda: places() == [0, 1, 2])
    judge_next(own.store)
    assert places()[0] is None
    client.post(f"{SUBMISSIONS}/{numbers[1]}/cancel", json={})
    eventually(lambda: places() == [None, None, 0])


def test_why_nothing_is_judged_is_told_to_who_waits(own: Api, client: Client) -> None:
    number = submitted(client)
    own.store.service.arrive("w")
    assert client.get(f"{SUBMISSIONS}/{number}").json()["reason"] is None
    assert client.get("/readyz").json() == {
        "ready": True, "reasons": [], "queued": 1, "judging": 0,
    }  # fmt: skip
    own.store.service.report("w", "no engine answers")
    assert client.get(f"{SUBMISSIONS}/{number}").json()["reason"] == "no engine answers"
    not_ready = client.get("/readyz")
    assert (not_ready.status_code, not_ready.json()["reasons"]) == (503, ["no engine answers"])
    assert client.get("/healthz").json() == {"status": "ok"}


def test_meters_count_by_route_and_not_by_address(own: Api, client: Client) -> None:
    submitted(client)
    for number in range(1, 6):
        client.get(f"{SUBMISSIONS}/{number}")
    client.get("/some/address")
    text = client.get("/metrics").text

    route = 'route="/api/submissions/{submission_id}"'
    assert f'judge_http_answers_total{{method="GET",{route},status="404"}} 4.0' in text
    assert 'judge_submissions{state="queued"} 1.0' in text
    assert "judge_worker_ready 0.0" in text
    assert "judge_event_streams 0.0" in text
    assert "/some/address" not in text


@pytest.mark.parametrize("kind", Kind)
def test_what_was_acknowledged_is_in_the_store(own: Api, client: Client, kind: Kind) -> None:
    path = SUBMISSIONS if kind is Kind.SUBMISSION else RUNS
    number = client.post(path, json=GOOD).json()["id"]

    assert own.store.submissions.get(own.me, kind, number).wanted.source == SOURCE
