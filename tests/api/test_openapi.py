"""The document of the API: complete, and true of a server that somebody tries everything on."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from httpx import Client

from judge.catalog import Catalog
from judge.queue import Queue
from judge.settings import Settings
from judge.worker import Judging, Loop
from tests.api.conftest import TOKEN, Api, new_api
from tests.builders import SOURCE, a_package, a_trial
from tests.fakes import FakeJudge

Document = dict[str, Any]
SHOWN = {"NewSubmission", "NewRun", "Cancel", "NewLink", "Submission", "Run"}


@pytest.fixture
def document(anybody: Client) -> Document:
    answer = anybody.get("/api/openapi.json")
    assert answer.status_code == 200
    return dict(answer.json())


def operations(document: Document) -> Iterator[tuple[str, Document]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def referred(said: Document) -> str:
    """The name of the model that a request or an answer in JSON has."""
    schema = said["content"]["application/json"]["schema"]
    return str(schema["$ref"]).rpartition("/")[2]


def test_every_route_is_documented(document: Document) -> None:
    assert {name for name, _ in operations(document)} == {
        "GET /api/problems", "GET /api/problems/{slug}", "POST /api/submissions",
        "GET /api/pitfalls", "GET /api/pitfalls/{name}",
        "GET /api/submissions", "GET /api/submissions/{submission_id}",
        "POST /api/submissions/{submission_id}/cancel",
        "GET /api/submissions/{submission_id}/judgements",
        "GET /api/submissions/{submission_id}/report",
        "POST /api/submissions/{submission_id}/report",
        "GET /api/submissions/{submission_id}/events", "POST /api/runs", "GET /api/runs/{run_id}",
        "POST /api/runs/{run_id}/cancel", "GET /api/runs/{run_id}/events", "GET /api/version",
        "GET /healthz", "GET /readyz", "GET /metrics", "POST /api/links", "GET /enter",
    }  # fmt: skip


def test_every_operation_says_what_it_does(document: Document) -> None:
    silent = [
        name
        for name, operation in operations(document)
        if not operation.get("summary") or not operation.get("description")
    ]

    assert silent == []
    identities = [operation["operationId"] for _, operation in operations(document)]
    assert len(identities) == len(set(identities))


def test_every_refusal_is_a_problem_detail(document: Document) -> None:
    for name, operation in operations(document):
        refusals = {
            status: answer
            for status, answer in operation["responses"].items()
            if status >= "400" and (name, status) != ("GET /readyz", "503")
        }
        assert {"400", "421", "500"} <= set(refusals), name
        for status, answer in refusals.items():
            assert list(answer["content"]) == ["application/problem+json"], (name, status)
            (said,) = answer["content"].values()
            assert said["schema"] == {"$ref": "#/components/schemas/Trouble"}
        if name.startswith("POST"):
            assert {"403", "408", "413", "415", "507"} <= set(refusals), name
        if "security" in operation:
            assert "401" in refusals, name
        if "parameters" in operation or "requestBody" in operation:
            assert "422" in refusals, name


def test_every_request_and_every_main_answer_has_an_example(document: Document) -> None:
    models = document["components"]["schemas"]
    named = set()
    for _, operation in operations(document):
        said = [operation["requestBody"]] if "requestBody" in operation else []
        said += [one for status, one in operation["responses"].items() if status < "300"]
        named |= {referred(one) for one in said if "application/json" in one.get("content", {})}

    assert named >= SHOWN
    assert [name for name in named if not models[name].get("examples")] == []
    assert models["Trouble"]["examples"]


def test_keys_are_asked_for_where_there_is_something_to_protect(document: Document) -> None:
    unprotected = {name for name, operation in operations(document) if "security" not in operation}

    assert unprotected == {
        "GET /api/version", "GET /healthz", "GET /readyz", "GET /metrics", "GET /enter",
    }  # fmt: skip


@contextmanager
def judging(api: Api) -> Iterator[None]:
    """A worker in this process, whose judge finds everything right."""
    fake = FakeJudge(trial=a_trial())
    worker = Loop(
        store=api.store,
        queue=Queue(api.store.database, "w"),
        judging=Judging(Catalog((api.bank,)), "seeds"),
        open_judge=lambda: fake.open(Settings(api.bank, (api.bank,))),
        name="w",
        hint=api.hint,
    )
    running = threading.Thread(target=worker.run, args=(1,))
    running.start()
    try:
        yield
    finally:
        worker.stop()
        running.join()


CONFIG = """
[checks.positive_data_acceptance]
# Whether a problem exists, and whether a source is one, no schema says.
expected-statuses = ["2xx", "3xx", 401, 404, 409, 422]
[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 408, 409, 413, 415, 422]
[checks.unsupported_method]
enabled = false  # 415 comes first where a body has no type, see test_addresses for the rest

[[operations]]
include-path-regex = "/events$"
[operations.checks.negative_data_rejection]
enabled = false  # it adds a header nobody knows, which is no mistake
"""


@pytest.mark.slow
def test_whatever_is_tried_the_server_answers_as_its_document_says(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    (tmp_path / "schemathesis.toml").write_text(CONFIG)
    with new_api(tmp_path) as api, judging(api):
        a_package(api.bank, "score-pair-sum", {"submissions/accepted/a.py": SOURCE})
        done = subprocess.run(
            [
                sys.executable, "-m", "schemathesis.cli", "run", f"{api.url}/api/openapi.json",
                "--header", f"Authorization: Bearer {TOKEN}", "--max-examples", "6",
                "--seed", "1", "--request-timeout", "10", "--continue-on-failure", "--no-color",
                "--output-truncate", "true", "--report", "ndjson",
                "--report-ndjson-path", str(tmp_path / "report.ndjson"),
            ],
            cwd=tmp_path,
            env=os.environ | {"PYTHONWARNINGS": "ignore"},
            capture_output=True,
            text=True,
            check=False,
        )  # fmt: skip

    total = sum(len(methods) for methods in api.app.openapi()["paths"].values())
    said = "\n".join(line[:300] for line in done.stdout.splitlines())
    assert done.returncode == 0, said[-8000:] + done.stderr[-2000:]
    assert f"Selected: {total}/{total}" in said, said
    assert json.loads((tmp_path / "report.ndjson").read_text().splitlines()[0])
