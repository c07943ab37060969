"""Requests to a server, its refusals turned into ServerError with the server's own words."""

import contextlib
import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from judge import wire
from judge.errors import RequestError, ServerError

SECONDS = 30.0
TRIES = 4  # of a request that may be repeated; see `key` of a submission
Answer = TypeVar("Answer", bound=BaseModel)


class Client:
    """One server. Every method raises ServerError when it refuses or does not answer."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http

    def submit(self, new: wire.NewSubmission) -> wire.Submission:
        """Hand in a submission; `key` makes it safe to try again, so it must have one."""
        return self._post("/api/submissions", new, wire.Submission)

    def run(self, new: wire.NewRun) -> wire.Run:
        """Hand in a run; raise RequestError for arguments that JSON cannot say."""
        try:
            json.dumps(new.args, allow_nan=False)
        except ValueError as error:
            # They would arrive as null, which is another input.
            raise RequestError(
                f"these arguments cannot be sent to a server ({error}); --local takes them"
            ) from error
        return self._post("/api/runs", new, wire.Run)

    def problems(self) -> wire.ProblemList:
        """Return the problems that the server has."""
        return self._get("/api/problems", wire.ProblemList)

    def slugs(self) -> list[str]:
        """Return the names of its problems."""
        return [one.problem for one in self.problems().problems]

    def submission(self, submission_id: int) -> wire.Submission:
        """Return one submission."""
        return self._get(f"/api/submissions/{submission_id}", wire.Submission)

    def judgements(self, submission_id: int) -> wire.RoundList:
        """Return all judgements of a submission."""
        return self._get(f"/api/submissions/{submission_id}/judgements", wire.RoundList)

    def report(self, submission_id: int, new: wire.NewReport) -> wire.Report:
        """Say what is wrong with a verdict; saying it twice is saying it once."""
        return self._post(f"/api/submissions/{submission_id}/report", new, wire.Report)

    def get_report(self, submission_id: int) -> wire.Report:
        """Return what was said of a verdict."""
        return self._get(f"/api/submissions/{submission_id}/report", wire.Report)

    def submissions(self, **wanted: str | int | None) -> wire.SubmissionList:
        """Return a page of submissions, newest first."""
        return self._get("/api/submissions", wire.SubmissionList, wanted)

    def cancel(self, what: str, submission_id: int) -> None:
        """Cancel one of `submissions` or `runs`."""
        self._send("POST", f"/api/{what}/{submission_id}/cancel", content="{}")

    def new_link(self) -> wire.Link:
        """Return a link that lets one browser in."""
        return self._read(self._send("POST", "/api/links", content="{}"), wire.Link)

    def readiness(self) -> wire.Readiness:
        """Return whether the server could judge now."""
        try:
            answer = self.http.get("/readyz")
        except httpx.RequestError as error:
            raise _unreachable(self.http, error) from error
        return self._read(understood(answer), wire.Readiness)  # also when it is not ready

    def _post(self, path: str, body: BaseModel, kind: type[Answer]) -> Answer:
        return self._read(self._send("POST", path, content=body.model_dump_json()), kind)

    def _get(
        self, path: str, kind: type[Answer], query: Mapping[str, str | int | None] | None = None
    ) -> Answer:
        asked = {name: value for name, value in (query or {}).items() if value is not None}
        return self._read(self._send("GET", path, query=asked), kind)

    def _send(
        self,
        method: str,
        path: str,
        *,
        content: str | None = None,
        query: Mapping[str, str | int] | None = None,
    ) -> httpx.Response:
        for attempt in range(1, TRIES + 1):
            try:
                answer = self.http.request(method, path, content=content, params=query)
            except httpx.RequestError as error:
                if attempt == TRIES:
                    raise _unreachable(self.http, error) from error
            else:
                return checked(answer)
        raise AssertionError("unreachable")

    def _read(self, answer: httpx.Response, kind: type[Answer]) -> Answer:
        try:
            return kind.model_validate_json(answer.content)
        except ValidationError as error:
            raise ServerError(
                f"{_name(self.http)} does not answer like a judge; is the address right?"
            ) from error


@contextlib.contextmanager
def connect(url: str, token: str | None) -> Iterator[Client]:
    """Give a client of the server at `url`."""
    headers = {"Content-Type": "application/json", wire.API_HEADER: str(wire.API_VERSION)}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    if not url.startswith(("http://", "https://")):
        raise ServerError(
            f"'{url}' is not the address of a server; begin it with http:// or https://"
        )
    transport = httpx.HTTPTransport(retries=2)
    try:
        made = httpx.Client(base_url=url, headers=headers, timeout=SECONDS, transport=transport)
    except (httpx.InvalidURL, ValueError) as error:
        raise ServerError(f"'{url}' is not the address of a server: {error}") from error
    with made as http:
        yield Client(http)


def understood(answer: httpx.Response) -> httpx.Response:
    """Return an answer of a judge; raise ServerError for another API's."""
    spoken = answer.headers.get(wire.API_HEADER)
    if spoken == str(wire.API_VERSION):
        return answer
    where = f"{answer.url.host}:{answer.url.port}"
    raise ServerError(
        f"{where} is no judge that we understand: it speaks version {spoken} of the API, this "
        f"command {wire.API_VERSION}; use the same release on both sides"
        if spoken
        else f"{where} does not answer like a judge"
    )


def checked(answer: httpx.Response) -> httpx.Response:
    """Return an answer that is one; raise ServerError for a refusal, or another API's."""
    understood(answer)
    if answer.is_success:
        return answer
    try:
        said = wire.Trouble.model_validate_json(answer.read())
    except ValidationError as error:
        raise ServerError(
            f"the server answered {answer.status_code}", answer.status_code
        ) from error
    if answer.status_code == HTTPStatus.UNAUTHORIZED:
        raise ServerError(
            "the server does not know us: its token is in the file `token` of its data directory; "
            "name it in JUDGE_TOKEN",
            answer.status_code,
        )
    raise ServerError(said.detail, answer.status_code)


def _unreachable(http: httpx.Client, error: Exception) -> ServerError:
    return ServerError(f"no judge answers at {_name(http)} ({error}); `judge serve` starts one")


def _name(http: httpx.Client) -> str:
    """Return the address without what lets one in."""
    return str(http.base_url.copy_with(userinfo=b"")).rstrip("/")
