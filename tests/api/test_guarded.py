"""What every answer carries, whatever it says."""

import pytest
from httpx import Client, Response

from judge import wire
from judge.api.access import POLICY
from tests.api.conftest import BEARER, JSON, Api

SUBMISSIONS = "/api/submissions"


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/", {}),
        ("GET", "/problems/double", {}),
        ("GET", "/assets/index.js", {}),
        ("GET", "/assets/missing.js", {}),
        ("GET", "/api/version", {}),
        ("GET", "/api/problems", {}),
        ("GET", "/api/problems/unknown", BEARER),
        ("GET", "/unknown", {}),
        ("PUT", "/api/version", JSON),
        ("POST", SUBMISSIONS, {"Content-Type": "text/plain"}),
        ("POST", SUBMISSIONS, JSON | {"Origin": "null"}),
        ("GET", "/api/version", {"Host": "evil.example"}),
        ("GET", "/api/version", {wire.API_HEADER: "9"}),
        ("GET", "/enter?code=wrong", {}),
    ],
)
def test_every_answer_keeps_a_page_in_its_place(
    anybody: Client, method: str, path: str, headers: dict[str, str]
) -> None:
    answer = anybody.request(method, path, headers=headers)

    assert_guarded(answer)
    if path.startswith(("/api/", "/enter")):
        assert answer.headers["cache-control"] == "no-store"


def assert_guarded(answer: Response) -> None:
    assert answer.headers["content-security-policy"] == POLICY
    assert "default-src 'none'" in POLICY
    assert "'unsafe-eval'" not in POLICY
    assert "script-src 'self';" in POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers[wire.API_HEADER] == "1"


def test_a_mistake_of_ours_is_a_guarded_answer_without_its_traceback(
    api: Api, anybody: Client
) -> None:
    @api.app.get("/api/mistake")
    def mistake() -> None:
        raise ZeroDivisionError("a secret")

    answer = anybody.get("/api/mistake")
    assert answer.status_code == 500
    assert answer.json()["detail"] == "the judge made a mistake; see its log"
    assert_guarded(answer)
    assert 'status="500"' in anybody.get("/metrics").text
