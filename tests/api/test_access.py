"""Who may ask: this host's names, pages of this origin, holders of a key, clients of this API."""

import pytest
from httpx import Client, Response

from judge import wire
from judge.api.access import COOKIE
from judge.store import KeyKind
from tests.api.conftest import BEARER, JSON, TOKEN, Api

SUBMISSIONS = "/api/submissions"
KEYED = [
    ("GET", "/api/problems"),
    ("GET", "/api/problems/double"),
    ("GET", SUBMISSIONS),
    ("POST", SUBMISSIONS),
    ("GET", "/api/submissions/1"),
    ("GET", "/api/submissions/1/events"),
    ("POST", "/api/submissions/1/cancel"),
    ("POST", "/api/runs"),
    ("GET", "/api/runs/1"),
    ("GET", "/api/runs/1/events"),
    ("POST", "/api/runs/1/cancel"),
    ("POST", "/api/links"),
]
OPEN = ["/api/version", "/healthz", "/readyz", "/metrics", "/api/openapi.json", "/"]


def said(answer: Response) -> str:
    """The detail of a refusal, which has the form of one."""
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert wire.Trouble.model_validate(body).status == answer.status_code
    assert body["type"] == "about:blank"
    return str(body["detail"])


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "localhost:8642", "LOCALHOST", "localhost.", "127.0.0.1", "127.0.0.1:1",
        "[::1]", "[::1]:8642", "judge.example", "JUDGE.example:443", "[fd00::1]:80",
    ],
)  # fmt: skip
def test_a_name_of_this_machine_or_an_allowed_one_is_answered(anybody: Client, host: str) -> None:
    assert anybody.get("/api/version", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "127.0.0.2", "0.0.0.0",  # noqa: S104 (a name like any other)
        "evil.example:80@localhost", "localhost@evil.example", "localhost:80@evil.example",
        "", ":80", "[::2]", "[::1", "::1", "judge.example.evil", "2130706433", "xn--localhost",
        "localhost evil", "[::ffff:127.0.0.1]",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/api/version", "/", "/assets/index.js", "/enter?code=x", "/no"])
def test_a_name_that_somebody_else_may_have_pointed_here_is_not(
    anybody: Client, host: str, path: str
) -> None:
    answer = anybody.get(path, headers={"Host": host} | BEARER)

    assert answer.status_code == 421
    assert "--allow-host" in said(answer)


@pytest.mark.parametrize(("method", "path"), KEYED)
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer"},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": TOKEN},
        {"Authorization": f"Bearer {TOKEN} "} | {"Authorization": f"Bearer x{TOKEN}"},
        {"Cookie": f"{COOKIE}1=wrong", "Host": "localhost:1"},
        {"Cookie": f"{COOKIE}1=", "Host": "localhost:1"},
        {"Cookie": f"{COOKIE}1={TOKEN}", "Host": "localhost:1"},
        {"Cookie": f"other={TOKEN}"},
    ],
    ids=str,
)
def test_without_a_key_there_is_nothing(
    anybody: Client, method: str, path: str, headers: dict[str, str]
) -> None:
    answer = anybody.request(method, path, headers=headers | JSON, content="{}")

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "judge link" in said(answer)


@pytest.mark.parametrize("path", OPEN)
def test_what_says_nothing_of_anybody_needs_no_key(anybody: Client, path: str) -> None:
    assert anybody.get(path).status_code in {200, 503}


def test_the_token_of_the_file_lets_in(anybody: Client) -> None:
    assert anybody.get(SUBMISSIONS, headers=BEARER).status_code == 200


def test_a_link_lets_one_browser_in_once(anybody: Client) -> None:
    link = anybody.post("/api/links", headers=BEARER | JSON, content="{}")
    assert link.status_code == 201
    path = link.json()["path"]
    assert path.startswith("/enter?code=")
    assert link.json()["expires_in_seconds"] == 600

    entered = anybody.get(path)
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert anybody.get(SUBMISSIONS).status_code == 200
    anybody.cookies.clear()
    again = anybody.get(path)
    assert again.status_code == 401
    assert "set-cookie" not in again.headers
    assert "has been used or is too old" in said(again)


def test_a_link_can_lead_to_a_problem_and_nowhere_else(anybody: Client, api: Api) -> None:
    def entered(problem: str) -> tuple[int, str | None]:
        code = api.store.learners.new_key(api.me, KeyKind.LINK)
        answer = anybody.get("/enter", params={"code": code, "problem": problem})
        return answer.status_code, answer.headers.get("location")

    assert entered("two-sum") == (303, "/problems/two-sum")
    for elsewhere in ("//evil.example", "..", "a/../b", "a?b", "a\n", "https:evil", ""):
        assert entered(elsewhere) == (422, None)


def test_a_session_is_a_cookie_that_no_script_and_no_other_site_gets(
    anybody: Client, api: Api
) -> None:
    code = api.store.learners.new_key(api.me, KeyKind.LINK)
    cookie = anybody.get(f"/enter?code={code}").headers["set-cookie"]

    name, *flags = cookie.split("; ")
    assert name.startswith(f"{COOKIE}{api.host.partition(':')[2]}=")
    assert code not in cookie
    assert {flag.lower() for flag in flags} == {
        "httponly", "samesite=strict", "path=/", f"max-age={90 * 24 * 3600}",
    }  # fmt: skip


def test_a_session_over_tls_is_never_sent_without(anybody: Client, api: Api) -> None:
    code = api.store.learners.new_key(api.me, KeyKind.LINK)
    headers = {"X-Forwarded-Proto": "https"}

    assert "; Secure" in anybody.get(f"/enter?code={code}", headers=headers).headers["set-cookie"]


@pytest.mark.parametrize("host", ["localhost:1", "localhost:65536999", "[::1]:1", "localhost:"])
def test_judges_of_one_host_do_not_take_each_others_cookie(
    anybody: Client, api: Api, host: str
) -> None:
    def let_in(at: str) -> str:
        code = api.store.learners.new_key(api.me, KeyKind.LINK)
        entered = anybody.get(f"/enter?code={code}", headers={"Host": at})
        return entered.headers["set-cookie"].partition(";")[0]

    cookie = let_in(host)

    mine = {"Host": host, "Cookie": f"{let_in('localhost:2')}; {cookie}"}
    assert anybody.get(SUBMISSIONS, headers=mine).status_code == 200
    assert anybody.get(SUBMISSIONS, headers=mine | {"Host": "localhost:3"}).status_code == 401


@pytest.mark.parametrize("code", ["", "wrong", "x" * 101, TOKEN, "%00", "%ff", "a&code=b"])
def test_a_wrong_link_lets_nobody_in(anybody: Client, code: str) -> None:
    answer = anybody.get(f"/enter?code={code}")

    assert answer.status_code in {401, 422}
    assert "set-cookie" not in answer.headers
    said(answer)


def test_a_browser_makes_no_links_for_other_browsers(anybody: Client, api: Api) -> None:
    session = api.store.learners.new_key(api.me, KeyKind.SESSION)
    anybody.cookies.set(COOKIE + api.host.partition(":")[2], session)

    assert anybody.get(SUBMISSIONS).status_code == 200
    assert anybody.post("/api/links", headers=JSON, content="{}").status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://localhost:1"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "ftp://localhost", "Host": "localhost"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Host": "localhost", "Origin": "http://localhost"},
        {"Sec-Fetch-Site": "none", "Origin": "http://evil.example"},
    ],
    ids=str,
)
@pytest.mark.parametrize("path", [SUBMISSIONS, "/api/runs", "/api/links", "/enter", "/"])
def test_a_page_of_another_origin_writes_nothing(
    anybody: Client, path: str, headers: dict[str, str]
) -> None:
    answer = anybody.post(path, headers=BEARER | JSON | headers, content="{}")

    assert answer.status_code == 403
    assert "another origin" in said(answer)


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://localhost", "Host": "localhost"},
        {"Origin": "http://localhost:1", "Host": "localhost:1", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "https://judge.example", "Host": "judge.example"},
        {"Origin": "http://[::1]:8642", "Host": "[::1]:8642"},
        {"Sec-Fetch-Site": "none"},
    ],
    ids=str,
)
def test_our_own_page_and_programs_may_write(anybody: Client, headers: dict[str, str]) -> None:
    answer = anybody.post("/api/links", headers=BEARER | JSON | headers, content="{}")

    assert answer.status_code == 201


@pytest.mark.parametrize(
    "kind",
    [
        None, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
        "application/json-patch+json", "text/plain; application/json", "application/jsonx",
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", [SUBMISSIONS, "/api/runs", "/api/links", "/api/runs/1/cancel"])
def test_what_a_form_can_send_is_not_taken_for_json(
    anybody: Client, path: str, kind: str | None
) -> None:
    headers = {} if kind is None else {"Content-Type": kind}
    answer = anybody.post(path, headers=BEARER | headers, content='{"problem": "double"}')

    assert answer.status_code == 415
    assert "application/json" in said(answer)


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON"])
def test_json_may_be_said_in_several_ways(anybody: Client, kind: str) -> None:
    headers = BEARER | {"Content-Type": kind}
    assert anybody.post("/api/links", headers=headers, content="{}").status_code == 201


def test_no_other_origin_is_granted_anything(anybody: Client) -> None:
    asked = {
        "Origin": "http://evil.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type, authorization",
    }
    answers = [
        anybody.options(SUBMISSIONS, headers=asked),
        anybody.get(SUBMISSIONS, headers=BEARER | {"Origin": "http://evil.example"}),
    ]

    assert answers[0].status_code == 405
    assert [name for one in answers for name in one.headers if name.startswith("access-con")] == []


@pytest.mark.parametrize("version", ["0", "2", "", "one", "1.0", "1, 2", "\u0661"])
def test_a_client_of_another_api_is_told_so(anybody: Client, version: str) -> None:
    headers = [(wire.API_HEADER.encode(), version.encode())]
    answer = anybody.get("/api/version", headers=headers)

    assert answer.status_code == 400
    assert "same release" in said(answer)


def test_a_client_of_this_api_is_answered_with_the_version(anybody: Client) -> None:
    answer = anybody.get("/api/version", headers={wire.API_HEADER: "1"})

    assert answer.json()["api"] == 1
    assert answer.headers[wire.API_HEADER] == "1"
