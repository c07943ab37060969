"""Whatever is posted is answered: accepted, or refused in words; never a mistake of the judge."""

import json
import logging
from collections.abc import Iterator

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge import wire
from tests.api.conftest import BEARER, JSON, NO_TLS, Api, new_api
from tests.builders import SOURCE
from tests.fuzz.examples import edited, edits, json_values, many, objects

DOCUMENTED = {503, 507}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with new_api(tmp_path_factory.mktemp("api")) as api:
        yield api


@pytest.fixture(scope="module")
def http(api: Api) -> Iterator[httpx.Client]:
    headers = BEARER | JSON
    with httpx.Client(base_url=api.url, headers=headers, timeout=20, verify=NO_TLS) as http:
        yield http


GOOD = {"problem": "double", "source": SOURCE}
slugs = st.sampled_from(["double", "counter", "echo", "size", "..", "\0", "doub\ud800", "é" * 101])
bodies = st.builds(
    lambda odd, slug: json.dumps(GOOD | {"problem": slug} | odd).encode(),
    objects("problem", "source", "args", "stdin", "key")
    | st.fixed_dictionaries({"args": st.lists(json_values, max_size=3)})
    | st.fixed_dictionaries({"stdin": st.text(max_size=5), "key": st.from_regex("[a-z0-9]{8,12}")}),
    slugs,
)
contents = (
    bodies
    | st.builds(edited, bodies, edits)
    | json_values.map(lambda value: json.dumps(value).encode())
    | st.binary(max_size=40)
    | bodies.map(lambda body: body.decode().encode("utf-16"))
    | st.sampled_from(
        [b"[" * 100_000, b'{"a":' * 50_000, b"9" * 5_000, b'"' + b"\\ud800" * 9 + b'"']
    )
)


@many
@given(contents, st.sampled_from(["submissions", "runs"]))
def test_any_body_is_accepted_or_refused_in_words(
    api: Api, http: httpx.Client, caplog: pytest.LogCaptureFixture, content: bytes, what: str
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = http.post(f"/api/{what}", content=content)

    assert answer.status_code < 500 or answer.status_code in DOCUMENTED, answer.text
    assert caplog.records == [] or answer.status_code in DOCUMENTED
    if answer.status_code != 202:
        assert wire.Trouble.model_validate_json(answer.content).detail
        return
    accepted = answer.json()
    assert http.get(f"/api/{what}/{accepted['id']}").json()["source"] == accepted["source"]
    assert http.post(f"/api/{what}/{accepted['id']}/cancel", content=b"{}").status_code == 200


@many
@given(
    st.sampled_from(["submissions/1/cancel", "runs/1/cancel", "links"]),
    contents | st.just(b"{}"),
)
def test_any_body_where_nothing_is_to_be_said_is_answered(
    http: httpx.Client, path: str, content: bytes
) -> None:
    assert http.post(f"/api/{path}", content=content).status_code < 500


@many
@given(
    st.sampled_from(["submissions", "submissions/", "runs/", "problems/"]),
    st.text(max_size=8),
    st.dictionaries(
        st.sampled_from(["problem", "state", "verdict", "limit", "cursor"]), st.text(max_size=8)
    ),
)
def test_any_address_is_answered(
    http: httpx.Client, path: str, rest: str, query: dict[str, str]
) -> None:
    try:
        request = http.build_request("GET", f"/api/{path}{rest}", params=query)
    except (httpx.InvalidURL, UnicodeEncodeError):
        return
    if request.url.path.endswith("/events"):
        return
    assert http.send(request).status_code < 500
