"""Who may ask what: before a request is looked at, and whose it is.

A page on another origin can make a browser send requests here. It cannot choose the Host header,
cannot hide where it comes from from a browser of this decade, and cannot send JSON without asking
first, which is never granted. What is left is the cookie, which its requests do not carry.
"""

import re
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Security
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from judge import wire
from judge.address import LOOPBACK
from judge.api.parts import PartsOf
from judge.api.troubles import Refused, trouble
from judge.store import KeyKind

COOKIE = "judge_session_"  # and the port: browsers send a host's cookies to all of its ports
_HOST = re.compile(r"(?P<name>\[[0-9A-Fa-f:.]+\]|[\w.-]+)(:(?P<port>[0-9]*))?", re.ASCII)
SAFE = ("GET", "HEAD", "OPTIONS")
_bearer = HTTPBearer(auto_error=False, description="the token in the judge's data directory")


class SessionCookie(APIKeyCookie):
    """The cookie of a browser that was let in, with a name for each judge of a host."""

    @staticmethod
    def name_for(request: HTTPConnection) -> str:
        """Return its name at the address that the browser asked."""
        found = _HOST.fullmatch(request.headers.get("host", ""))
        return COOKIE + (found["port"] or "" if found else "")

    async def __call__(self, request: HTTPConnection) -> str | None:
        """Return what it holds, if there is one."""
        return request.cookies.get(self.name_for(request))


_cookie = SessionCookie(
    name=COOKIE, description="of a browser that was let in by a link; its name ends in the port"
)


class Gate:
    """Middleware: turns away what cannot be meant well, or not for this server."""

    def __init__(self, app: ASGIApp, allowed_hosts: tuple[str, ...]) -> None:
        self._app = app
        self._hosts = {*LOOPBACK, *(host.lower().strip("[]") for host in allowed_hosts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope["method"], scope["path"], Headers(scope=scope))
        answer = self._app if refusal is None else refusal
        await answer(scope, receive, send)

    def _refusal(self, method: str, path: str, headers: Headers) -> Response | None:
        host = _host_of(headers.get("host", ""))
        if host not in self._hosts:
            return trouble(
                HTTPStatus.MISDIRECTED_REQUEST,
                f"this judge is not called '{host}'; start it with `judge serve --allow-host` "
                "to let it be",
            )
        version = headers.get(wire.API_HEADER, str(wire.API_VERSION))
        if version != str(wire.API_VERSION):
            return trouble(
                HTTPStatus.BAD_REQUEST,
                f"this judge speaks version {wire.API_VERSION} of the API, not {version}; "
                "use client and server of the same release",
            )
        return None if method in SAFE else _refusal_to_write(method, path, headers)


class Headed:
    """Middleware: gives every answer the headers that keep a page of ours in its place."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Add the headers to what is sent."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *_headers(scope["path"])]
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-elem 'self' 'unsafe-inline'",  # CodeMirror makes its style sheet at run time
        "style-src-attr 'unsafe-inline'",  # KaTeX positions with attributes
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)


def _headers(path: str) -> list[tuple[bytes, bytes]]:
    headers = {
        wire.API_HEADER: str(wire.API_VERSION),
        "Content-Security-Policy": POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if path.startswith(("/api/", "/enter")):
        headers["Cache-Control"] = "no-store"
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


Bearer = Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]
Cookie = Annotated[str | None, Security(_cookie)]


def identify(parts: PartsOf, bearer: Bearer, cookie: Cookie) -> int:
    """Return the id of the learner who asks; refuse who has no key."""
    if bearer is None and cookie is not None:
        return _known(parts.store.learners.whose(KeyKind.SESSION, cookie))
    return identify_by_token(parts, bearer)


def identify_by_token(parts: PartsOf, bearer: Bearer) -> int:
    """Return the id of the learner who asks; refuse a browser: its key makes no further keys."""
    if bearer is None:
        return _known(None)
    return _known(parts.store.learners.whose(KeyKind.TOKEN, bearer.credentials))


def _known(learner: int | None) -> int:
    if learner is None:
        raise Refused(
            HTTPStatus.UNAUTHORIZED,
            "who are you? `judge link` prints an address that lets your browser in",
            headers={"WWW-Authenticate": "Bearer"},
        )
    return learner


LearnerId = Annotated[int, Depends(identify)]
TokensLearnerId = Annotated[int, Depends(identify_by_token)]


def _refusal_to_write(method: str, path: str, headers: Headers) -> Response | None:
    if not _is_same_origin(headers):
        return trouble(HTTPStatus.FORBIDDEN, "a page of another origin may not ask for this")
    # A form can only GET and POST; for anything else a browser asks first.
    if method == "POST" and path.startswith("/api/") and not _is_json(headers):
        return trouble(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "send the body as Content-Type: application/json"
        )
    return None


def _host_of(header: str) -> str:
    """Return the name without its port; "" for what is not a host."""
    found = _HOST.fullmatch(header)
    return "" if found is None else found["name"].strip("[]").lower().rstrip(".")


def _is_same_origin(headers: Headers) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return False
    origin, host = headers.get("origin"), headers.get("host")
    return origin is None or origin in {f"http://{host}", f"https://{host}"}


def _is_json(headers: Headers) -> bool:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == "application/json"
