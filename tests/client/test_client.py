"""A server from the outside: its refusals in its own words, and every way in which it can fail."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from judge import wire
from judge.client import Client, connect
from judge.errors import RequestError, ServerError
from judge.model import Verdict
from judge.store import Kind
from judge.wire import NewRun, NewSubmission
from tests.api.conftest import TOKEN, Api, new_api
from tests.builders import SOURCE
from tests.listening import listening
from tests.stored import judge_next

NEW = NewSubmission(problem="double", source=SOURCE, key="k")


@pytest.fixture
def api(tmp_path: Path) -> Iterator[Api]:
    with new_api(tmp_path) as api:
        yield api


@pytest.fixture
def client(api: Api) -> Iterator[Client]:
    with connect(api.url, TOKEN) as client:
        yield client


@contextmanager
def answering(answer: Callable[[], tuple[int, dict[str, str], bytes]]) -> Iterator[Client]:
    """A client of a server that has one answer for everything."""

    async def app(scope, receive, send) -> None:
        status, headers, body = answer()
        pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": pairs})
        await send({"type": "http.response.body", "body": body})

    with listening(app) as url, connect(url, TOKEN) as client:
        yield client


def test_what_is_submitted_is_found_again(api: Api, client: Client) -> None:
    accepted = client.submit(NEW)
    judge_next(api.store, Verdict.WA)
    client.submit(NewSubmission(problem="echo", source=SOURCE, key="l"))
    found = client.submission(accepted.id)

    assert found.judgement is not None
    assert found.judgement.judgement().verdict is Verdict.WA
    assert [one.id for one in client.submissions(limit=1).submissions] == [accepted.id + 1]
    assert [one.id for one in client.submissions(verdict="WA", state=None).submissions] == [
        accepted.id
    ]
    assert client.slugs() == ["counter", "double", "echo", "size"]
    assert client.readiness().reasons != ()


def test_a_run_is_handed_in_and_cancelled(api: Api, client: Client) -> None:
    accepted = client.run(NewRun(problem="double", source=SOURCE, args=[2], key="k"))
    client.cancel("runs", accepted.id)
    client.cancel("runs", accepted.id)

    assert api.store.submissions.get(api.me, Kind.RUN, accepted.id).state == "cancelled"


@pytest.mark.parametrize("argument", [float("nan"), float("inf"), [1.0, {"a": -float("inf")}]])
def test_arguments_that_json_cannot_say_are_not_sent_as_something_else(
    api: Api, client: Client, argument: object
) -> None:
    with pytest.raises(RequestError, match="--local takes them"):
        client.run(NewRun(problem="double", source=SOURCE, args=[argument]))
    assert api.store.submissions.counts() == {}


def test_a_link_that_was_made_lets_in(client: Client) -> None:
    link = client.new_link()

    assert client.http.get(link.path).status_code == 303


@pytest.mark.parametrize(
    ("ask", "status", "said"),
    [
        (lambda client: client.submission(7), 404, "there is no submission 7"),
        (lambda client: client.cancel("runs", 8), 404, "there is no submission 8"),
        (
            lambda client: client.submit(NewSubmission(problem="dobule", source=SOURCE)),
            422,
            "did you mean double?",
        ),
        (
            lambda client: client.submit(NewSubmission(problem="double", source=" ")),
            422,
            "source: is empty",
        ),
        (lambda client: client.submissions(limit=1000), 422, "query.limit"),
    ],
)
def test_a_refusal_is_told_in_the_servers_words(
    client: Client, ask: Callable[[Client], object], status: int, said: str
) -> None:
    with pytest.raises(ServerError, match=said) as refused:
        ask(client)
    assert refused.value.status == status


@pytest.mark.parametrize("token", [None, "", "wrong", "ü"])
def test_without_the_right_token_one_is_told_how_to_come_in(api: Api, token: str | None) -> None:
    with pytest.raises(ServerError), connect(api.url, token) as client:
        client.submit(NEW)
    assert api.store.submissions.counts() == {}


@pytest.mark.parametrize("version", ["0", "2", "2.0", ""])
def test_a_server_of_another_api_is_told_from_one_that_refuses(version: str) -> None:
    said = 200, {wire.API_HEADER: version}, b"{}"
    with answering(lambda: said) as client, pytest.raises(ServerError) as error:
        client.problems()
    expected = "use the same release" if version else "does not answer like a judge"
    assert expected in str(error.value)


def test_a_client_of_another_api_is_refused_by_the_server(api: Api) -> None:
    answer = httpx.get(f"{api.url}/api/version", headers={wire.API_HEADER: "2"})

    assert answer.status_code == 400
    assert wire.Trouble.model_validate_json(answer.content).detail.startswith(
        "this judge speaks version 1"
    )


@pytest.mark.parametrize(
    "said",
    [
        (200, {"Content-Type": "text/html"}, b"<title>hello</title>"),
        (404, {}, b"nothing here"),
        (301, {"Location": "http://example.org/"}, b""),
        (200, {"Content-Type": "application/json"}, b'{"problems": []}'),
        (500, {}, b"\xff\xfe"),
    ],
)
def test_a_server_that_is_no_judge_is_told_apart(said: tuple[int, dict[str, str], bytes]) -> None:
    with answering(lambda: said) as client:
        asks = (
            client.problems,
            client.new_link,
            client.readiness,
            lambda: client.submit(NEW),
        )
        for ask in asks:
            with pytest.raises(ServerError, match="does not answer like a judge"):
                ask()


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b'{"problems": [{}]}', b"\xff", b"null"])
def test_a_judge_that_says_nonsense_is_an_error_and_no_traceback(body: bytes) -> None:
    with (
        answering(lambda: (200, {wire.API_HEADER: "1"}, body)) as client,
        pytest.raises(ServerError, match="is the address right"),
    ):
        client.problems()


def test_a_refusal_without_words_is_told_by_its_number() -> None:
    with (
        answering(lambda: (502, {wire.API_HEADER: "1"}, b"<html>")) as client,
        pytest.raises(ServerError, match="the server answered 502") as refused,
    ):
        client.problems()
    assert refused.value.status == 502


@pytest.mark.parametrize("url", ["http://[::1", "http://\0", "http://x:port"])
def test_what_is_no_address_is_said_to_be_none(url: str) -> None:
    with pytest.raises(ServerError, match="is not the address of a server"), connect(url, None):
        pass


@pytest.mark.parametrize("url", ["", "/path", "://"])
def test_what_cannot_be_an_address_ends_without_a_traceback(url: str) -> None:
    with pytest.raises(ServerError), connect(url, None) as client:
        client.problems()


@pytest.mark.parametrize("url", ["localhost:1", "ftp://localhost", "127.0.0.1:8642", "x"])
def test_an_address_without_its_scheme_is_told_what_it_lacks(url: str) -> None:
    with pytest.raises(ServerError, match="begin it with http://"), connect(url, None):
        pass


def test_where_nobody_answers_one_is_told_how_to_go_on_and_no_password_is_repeated() -> None:
    url = "http://me:secret@127.0.0.1:9"
    with connect(url, None) as client, pytest.raises(ServerError, match="judge serve") as caught:
        client.problems()
    assert "secret" not in str(caught.value)


def test_a_token_that_is_not_known_is_named() -> None:
    trouble = wire.Trouble(title="no", status=401, detail="who are you?").model_dump_json()
    said = (401, {"Judge-Api": "1"}, trouble.encode())
    with answering(lambda: said) as client, pytest.raises(ServerError, match="JUDGE_TOKEN"):
        client.problems()


class Losing:
    """The application, whose first answers to a POST are lost on the way."""

    def __init__(self, app, lost: int) -> None:
        self._app, self.lost = app, lost
        self.asked = 0

    async def __call__(self, scope, receive, send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        self.asked += 1
        if self.asked > self.lost:
            await self._app(scope, receive, send)
            return

        async def into_nothing(message) -> None:
            pass

        await self._app(scope, receive, into_nothing)
        headers = [(b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 202, "headers": headers})
        raise ConnectionError("cut")


@pytest.mark.parametrize("lost", [1, 3])
def test_an_answer_that_was_lost_is_asked_for_again_and_nothing_is_doubled(
    api: Api, lost: int
) -> None:
    losing = Losing(api.app, lost)
    with _behind(losing) as url, connect(url, TOKEN) as client:
        accepted = client.submit(NEW)

    assert losing.asked == lost + 1
    assert accepted.id == 1
    assert sum(api.store.submissions.counts().values()) == 1


@contextmanager
def _behind(app) -> Iterator[str]:
    """A second address of an application that is running already."""

    async def without_lifespan(scope, receive, send) -> None:
        if scope["type"] != "lifespan":
            await app(scope, receive, send)
            return
        for answer in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{answer}.complete"})

    with listening(without_lifespan) as url:
        yield url


def test_a_server_that_hangs_up_is_tried_a_few_times_and_no_more() -> None:
    calls = 0
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        bound.listen()

        def hang_up() -> None:
            nonlocal calls
            while True:
                try:
                    connection, _ = bound.accept()
                except OSError:
                    return
                with connection:
                    if connection.recv(65536):
                        calls += 1

        rude = threading.Thread(target=hang_up)
        rude.start()
        host, port = bound.getsockname()
        with (
            connect(f"http://{host}:{port}", TOKEN) as client,
            pytest.raises(ServerError, match="no judge answers"),
        ):
            client.submit(NEW)
        bound.shutdown(socket.SHUT_RDWR)
        rude.join()

    assert calls == 4
