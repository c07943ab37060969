"""Whatever is sent, the answer says what is wrong with it, and is never a mistake of ours."""

import json
import logging
from collections.abc import Iterator

import pytest
from httpx import Client, Response

from tests.api.test_access import said
from tests.builders import SOURCE

SUBMISSIONS, RUNS = "/api/submissions", "/api/runs"
GOOD = {"problem": "double", "source": SOURCE}


@pytest.fixture(autouse=True)
def _no_mistakes(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No request of these may end in a traceback, wherever it would be written."""
    yield
    assert [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR] == []


def short(value: object) -> str:
    """A name for a parameter that may be long."""
    return f"{ascii(value)[:30]} {len(ascii(value))}"


def where(answer: Response) -> list[str]:
    return [one["where"] for one in answer.json()["errors"]]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"null", 422),
        (b"[]", 422),
        (b'"text"', 422),
        (b"7", 422),
        (b"{'problem': 'double'}", 422),
        (b'{"problem": "double"}', 422),
        (b'{"problem": "double", "source": "x = 1", "source2": ""}', 422),
        (b'{"problem": "double", "source": "x = 1"} trailing', 422),
        (b"\xff\xfe", 400),
        (b'{"problem": "\xff"}', 400),
        (b"[" * 100_000, 400),
        (b'{"a":' * 100_000, 400),
        (b"9" * 10_000, 400),
        (b"NaN", 422),
        (b"\0", 422),
    ],
    ids=short,
)
@pytest.mark.parametrize("path", [SUBMISSIONS, RUNS, "/api/links"])
def test_what_is_not_what_was_asked_for_is_refused(
    learner: Client, path: str, body: bytes, status: int
) -> None:
    answer = learner.post(path, content=body)

    assert answer.status_code in {status, 400, 422}
    assert len(said(answer)) < 300


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"problem": 3}, "body.problem"),
        ({"problem": None}, "body.problem"),
        ({"problem": ["double"]}, "body.problem"),
        ({"problem": ""}, "body.problem"),
        ({"problem": "x" * 101}, "body.problem"),
        ({"problem": "doubel"}, "body.problem"),
        ({"problem": "../double"}, "body.problem"),
        ({"problem": "/etc"}, "body.problem"),
        ({"problem": "double\0"}, "body.problem"),
        ({"problem": "double/"}, "body.problem"),
        ({"problem": "."}, "body.problem"),
        ({"problem": "\ud800"}, "body.problem"),
        ({"source": 3}, "body.source"),
        ({"source": None}, "body.source"),
        ({"source": ""}, "body.source"),
        ({"source": " \n"}, "body.source"),
        ({"source": "x = '\0'"}, "body.source"),
        ({"source": "x = '\ud800'"}, "body.source"),
        ({"source": "#" * (256 * 1024 + 1)}, "body.source"),
        ({"source": "é" * (128 * 1024 + 1)}, "body.source"),
        ({"key": ""}, "body.key"),
        ({"key": "x" * 65}, "body.key"),
        ({"key": "a b"}, "body.key"),
        ({"key": "a\n"}, "body.key"),
        ({"key": "../a"}, "body.key"),
        ({"key": 7}, "body.key"),
        ({"\ud800": 1}, "body"),
        ({"x" * 1000: 1}, None),
        ({"learner_id": 2}, "body.learner_id"),
    ],
    ids=short,
)
def test_the_part_that_is_wrong_is_named(
    learner: Client, changed: dict[str, object], wrong: str | None
) -> None:
    answer = learner.post(SUBMISSIONS, content=json.dumps(GOOD | changed))

    assert answer.status_code == 422
    said(answer)
    assert wrong is None or wrong in where(answer)
    assert len(answer.content) < 1000


def test_everything_that_is_wrong_is_named_but_not_without_end(learner: Client) -> None:
    some = learner.post(SUBMISSIONS, content=json.dumps({"problem": 1, "source": 2, "kay": "x"}))
    many = learner.post(SUBMISSIONS, content=json.dumps({f"key {n}": n for n in range(50_000)}))

    assert set(where(some)) == {"body.problem", "body.source", "body.kay"}
    assert many.status_code == 422
    assert len(many.content) < 10_000


@pytest.mark.parametrize(
    "args",
    [
        "3", '"[]"', "{}", "[NaN]", "[Infinity]", "[-Infinity]", "[1e999]", '["\\ud800"]',
        '[{"\\ud800": 1}]', "[" * 300 + "]" * 300, '[{"a":' * 300 + "1" + "}]" * 300,
        "[" * 5000 + "]" * 5000, f"[{'9' * 5000}]",
    ],
    ids=short,
)  # fmt: skip
def test_arguments_that_nothing_could_be_done_with_are_refused(learner: Client, args: str) -> None:
    before = learner.get(SUBMISSIONS).json()
    answer = learner.post(RUNS, content=f'{json.dumps(GOOD)[:-1]}, "args": {args}}}')

    assert answer.status_code in {400, 422}
    said(answer)
    assert learner.get(SUBMISSIONS).json() == before


@pytest.mark.parametrize(
    "args",
    [
        "[]", "[[]]", "[null]", "[1.0, -0.0, 1e308, 5e-324]", f"[{'9' * 4000}]",
        '["\\ud83d\\ude00", "\\u0000", "\\u2028"]', "[" * 60 + "]" * 60, '[{"a": {"b": [true]}}]',
        json.dumps([list(range(50_000))]),
    ],
    ids=short,
)  # fmt: skip
def test_arguments_come_back_as_they_were_sent(learner: Client, args: str) -> None:
    answer = learner.post(RUNS, content=f'{json.dumps(GOOD)[:-1]}, "args": {args}}}')

    assert answer.status_code == 202, answer.text
    for one in (answer, learner.get(answer.headers["location"])):
        assert repr(one.json()["args"]) == repr(json.loads(args))


@pytest.mark.parametrize(
    ("problem", "more", "wrong"),
    [
        ("double", {"stdin": "2\n"}, "body.stdin"),
        ("counter", {"args": []}, "body.args"),
        ("echo", {"args": []}, "body.args"),
        ("echo", {"args": [], "stdin": ""}, "body.args"),
        ("double", {"stdin": 3}, "body.stdin"),
        ("echo", {"stdin": "x" * (256 * 1024 + 1)}, "body.stdin"),
        ("echo", {"stdin": "\ud800"}, "body.stdin"),
    ],
)
def test_an_input_that_the_problem_does_not_take_is_refused(
    learner: Client, problem: str, more: dict[str, object], wrong: str
) -> None:
    body = {"problem": problem, "source": "print(input())\n", **more}
    answer = learner.post(RUNS, content=json.dumps(body))

    assert answer.status_code == 422
    said(answer)
    assert wrong in where(answer)


def test_the_input_of_a_program_comes_back_as_it_was_sent(learner: Client) -> None:
    body = {"problem": "echo", "source": "print(input())\n", "stdin": "a\0\r\n\u2028"}
    answer = learner.post(RUNS, content=json.dumps(body))

    assert answer.status_code == 202
    assert learner.get(answer.headers["location"]).json()["stdin"] == body["stdin"]
