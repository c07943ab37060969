"""Addresses, numbers and wishes: unknown or refused, in one form, and no way out of a folder."""

import json
import logging
from collections.abc import Iterator

import pytest
from httpx import Client

from judge import wire
from tests.api.conftest import Api
from tests.api.test_access import said
from tests.api.test_input import GOOD, RUNS, SUBMISSIONS, short, where
from tests.builders import wanted


@pytest.fixture(autouse=True)
def _no_mistakes(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No request of these may end in a traceback, wherever it would be written."""
    yield
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []


@pytest.mark.parametrize("path", [SUBMISSIONS, RUNS])
@pytest.mark.parametrize(
    ("number", "statuses"),
    [
        ("0", {422}), ("-1", {422}), ("abc", {422}), ("1.5", {422}), ("1e3", {422}),
        (str(2**63), {422}), (str(2**70), {422}), ("9" * 5000, {422}), (str(2**63 - 1), {404}),
        ("1000000", {404}), ("%00", {422}), ("%ff", {422}), ("1%0a", {404, 422}),
        ("+1", {404, 422}),
        ("\u0663", {404, 422}), ("..", {404, 405}), ("1%2f..", {404}),
    ],
    ids=short,
)  # fmt: skip
def test_a_number_that_is_nobodys_is_unknown_or_no_number(
    learner: Client, path: str, number: str, statuses: set[int]
) -> None:
    for answer in (
        learner.get(f"{path}/{number}"),
        learner.get(f"{path}/{number}/events"),
        learner.post(f"{path}/{number}/cancel", content="{}"),
    ):
        assert answer.status_code in statuses, answer.text
        said(answer)


def test_what_is_somebody_elses_is_unknown(api: Api, learner: Client) -> None:
    other = api.store.submissions.accept(api.store.learners.named("other"), wanted())
    missing = other.id + 1000
    for path in (f"{SUBMISSIONS}/{{}}", f"{SUBMISSIONS}/{{}}/events", f"{SUBMISSIONS}/{{}}/cancel"):
        ask = learner.post if path.endswith("cancel") else learner.get
        content = {"content": "{}"} if path.endswith("cancel") else {}
        theirs = ask(path.format(other.id), **content)
        nobodys = ask(path.format(missing), **content)
        assert theirs.status_code == nobodys.status_code == 404
        assert said(theirs).replace(str(other.id), "N") == said(nobodys).replace(str(missing), "N")
    listed = learner.get(SUBMISSIONS, params={"limit": 100}).json()["submissions"]
    assert other.id not in {one["id"] for one in listed}


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=101", "limit=-1", "limit=x", "limit=", "limit=1.5", "limit=1e2",
        "cursor=", "cursor=0", "cursor=-1", "cursor=abc", "cursor=01", "cursor=1%0a", "cursor=1;2",
        f"cursor={'9' * 19}", f"cursor={2**63}", "cursor=%F3", "cursor=%D9%A3",
        "cursor='%20OR%201=1",
        "state=done", "state=", "state=QUEUED", "verdict=ac", "verdict=XX", "verdict=",
        f"problem={'x' * 101}",
    ],
    ids=short,
)  # fmt: skip
def test_a_wish_that_makes_no_sense_is_refused(learner: Client, query: str) -> None:
    answer = learner.get(f"{SUBMISSIONS}?{query}")

    assert answer.status_code == 422
    said(answer)
    assert where(answer)[0].startswith("query.")


@pytest.mark.parametrize(
    "query",
    ["problem=%00", "problem=../x", "problem='", "problem=%ff", f"cursor={'9' * 18}", "x=1"],
)
def test_a_wish_that_nothing_fits_gives_nothing(learner: Client, query: str) -> None:
    answer = learner.get(f"{SUBMISSIONS}?{query}")

    assert answer.status_code == 200
    if query != "x=1" and not query.startswith("cursor"):
        assert answer.json() == {"submissions": [], "next": None}


@pytest.mark.parametrize(
    "slug",
    [
        "doubel", "..", "../double", "%2e%2e", "%2e%2e%2fdouble", "..%5cdouble", "double%00", "%00",
        "%2fetc%2fpasswd", "double%2fproblem.toml", "~", "%ff", "DOUBLE", "x" * 5000,
        "%ed%a0%80", "double%20", "..;", ".git",
    ],
    ids=short,
)  # fmt: skip
def test_a_slug_is_a_name_and_no_path(learner: Client, slug: str) -> None:
    answer = learner.get(f"/api/problems/{slug}")

    assert answer.status_code in {404, 422}
    said(answer)


@pytest.mark.parametrize(
    "path",
    [
        "secret.txt", "../secret.txt", "../../secret.txt", "%2e%2e/secret.txt", "..%2fsecret.txt",
        "..%5csecret.txt", "%00", "index.js%00", "/etc/passwd", "%2fetc%2fpasswd", "",
        "%2e%2e%2f%2e%2e%2fsecret.txt", "....//secret.txt", "x" * 5000, "%ff", "~root/.bashrc",
    ],
    ids=short,
)  # fmt: skip
def test_no_path_leads_out_of_the_assets(anybody: Client, path: str) -> None:
    answer = anybody.get(f"/assets/{path}")

    assert answer.status_code == 404
    assert "secret" not in answer.text
    said(answer)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/unknown", 404),
        ("GET", "/api", 404),
        ("GET", "/api/", 404),
        ("GET", "/api/unknown", 404),
        ("GET", "/problems/a/b", 404),
        ("GET", "/docs", 404),
        ("GET", "/redoc", 404),
        ("GET", "/openapi.json", 404),
        ("POST", "/unknown", 404),
        ("DELETE", "/api/submissions/1", 405),
        ("PUT", "/api/submissions", 405),
        ("PATCH", "/api/problems/double", 405),
        ("POST", "/api/version", 405),
        ("POST", "/", 405),
        ("POST", "/assets/index.js", 405),
        ("HEAD", "/api/problems", 405),
        ("OPTIONS", "/api/problems", 405),
        ("TRACE", "/api/problems", 405),
        ("QUERY", "/api/submissions", 405),
    ],
)
def test_what_there_is_not_is_refused_in_the_same_form(
    learner: Client, method: str, path: str, status: int
) -> None:
    answer = learner.request(method, path, content="{}" if method == "POST" else None)

    assert answer.status_code == status
    if method != "HEAD":
        assert wire.Trouble.model_validate_json(answer.content).status == status
    assert answer.headers["content-type"] == "application/problem+json"
    if status == 405:
        assert method not in answer.headers["allow"]


def test_every_method_of_an_address_is_named(learner: Client) -> None:
    def allowed(path: str) -> str:
        return learner.put(path, content="{}").headers["allow"]

    assert allowed("/api/submissions") == "GET, POST"
    assert allowed("/api/submissions/1") == "GET"
    assert allowed("/api/submissions/1/cancel") == "POST"
    assert set(allowed("/").split(", ")) <= {"GET", "HEAD"}


@pytest.mark.parametrize("last", ["-1", "abc", str(2**63), "1.5", "1, 2", "9" * 5000], ids=short)
def test_a_last_event_that_never_was_is_refused(learner: Client, last: str) -> None:
    number = learner.post(SUBMISSIONS, content=json.dumps(GOOD)).json()["id"]
    answer = learner.get(f"{SUBMISSIONS}/{number}/events", headers={"Last-Event-ID": last})

    assert answer.status_code == 422
    assert where(answer) == ["header.Last-Event-ID"]
