"""Problems as a learner may read them: all there is to read, nothing that is hidden."""

import shutil

import pytest
from httpx import Client

from judge.model import Verdict
from judge.store import ImageFacts
from tests.api.conftest import Api
from tests.api.test_access import said
from tests.builders import HIDDEN, SOURCE, wanted
from tests.stored import judge_next


def listed(learner: Client, **query: str) -> list[str]:
    answer = learner.get("/api/problems", params=query)
    assert answer.status_code == 200, answer.text
    return [one["problem"] for one in answer.json()["problems"]]


def test_problems_are_listed_by_slug_with_what_one_chooses_by(learner: Client) -> None:
    problems = learner.get("/api/problems").json()["problems"]

    assert [one["problem"] for one in problems] == ["counter", "double", "echo", "size"]
    version = problems[3].pop("version")
    assert len(version) == 64
    assert problems[3] == {
        "problem": "size", "title": "Größe", "kind": "function", "difficulty": "hard",
        "topics": ["graphs"], "tags": ["heap"], "minutes": 20, "profile": "ml", "progress": "new",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"topic": "graphs"}, ["size"]),
        ({"topic": "graph"}, []),
        ({"difficulty": "hard"}, ["size"]),
        ({"kind": "program"}, ["echo"]),
        ({"profile": "ml"}, ["size"]),
        ({"search": "GRÖSSE heap"}, ["size"]),
        ({"search": "heap echo"}, []),
        ({"search": ""}, ["counter", "double", "echo", "size"]),
        ({"search": "%"}, []),
        ({"search": "\0"}, []),
        ({"kind": "function", "search": "double"}, ["double"]),
        ({"progress": "new", "kind": "function"}, ["double", "size"]),
    ],
    ids=str,
)
def test_a_wish_finds_what_fits_all_of_it(
    learner: Client, query: dict[str, str], found: list[str]
) -> None:

    assert listed(learner, **query) == found


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "functions"}, {"progress": "done"}, {"search": "x" * 201}, {"topic": "x" * 101},
        {"kind": ""},
    ],
)  # fmt: skip
def test_a_wish_that_makes_no_sense_is_refused(learner: Client, query: dict[str, str]) -> None:
    answer = learner.get("/api/problems", params=query)

    assert answer.status_code == 422
    said(answer)


def test_progress_is_ones_own(own: Api, client: Client) -> None:
    other = own.store.learners.named("other")
    for learner_id, problem, verdict in (
        (own.me, "double", Verdict.AC),
        (own.me, "echo", Verdict.WA),
        (other, "counter", Verdict.AC),
    ):
        own.store.submissions.accept(learner_id, wanted(problem))
        judge_next(own.store, verdict)

    assert listed(client, progress="solved") == ["double"]
    assert listed(client, progress="tried") == ["echo"]
    assert listed(client, progress="new") == ["counter", "size"]
    assert client.get("/api/problems/double").json()["progress"] == "solved"


def test_a_problem_shows_what_may_be_read_and_nothing_hidden(api: Api, learner: Client) -> None:
    answer = learner.get("/api/problems/double")
    body = answer.json()

    assert body["statement"] == "# Double\n"
    assert "def double" in body["starter"]
    assert "test_two" in body["samples"]
    assert body["signatures"] == ["def double(n: int) -> int"]
    assert body["limits"]["cpu_seconds"] > 0
    hidden = HIDDEN.partition("\n")[0]
    assert hidden not in answer.text
    assert SOURCE.partition("\n")[2] not in answer.text.replace("\\n", "\n")
    assert str(api.bank) not in answer.text


def test_libraries_have_versions_once_an_image_was_seen(own: Api, client: Client) -> None:
    def libraries() -> dict[str, object]:
        return dict(client.get("/api/problems/double").json()["libraries"])

    assert libraries() == {"python": None, "versions": {"numpy": None}}
    facts = ImageFacts("python", "sha256:1", "3.13.5", {"numpy": "2.2.1", "pytest": "9"})
    own.store.service.saw_image(facts)
    assert libraries() == {"python": "3.13.5", "versions": {"numpy": "2.2.1"}}


def test_an_edited_package_is_read_again(own: Api, client: Client) -> None:
    before = client.get("/api/problems/double").json()
    (own.bank / "double" / "statement.md").write_text("# Twice as much\n")
    after = client.get("/api/problems/double").json()

    assert after["statement"] == "# Twice as much\n"
    assert after["version"] != before["version"]


def test_a_malformed_package_hides_only_itself_and_says_little(own: Api, client: Client) -> None:
    (own.bank / "double" / "problem.toml").write_text('title = "D"\nhidden_answer = 42\n')

    assert listed(client) == ["counter", "echo", "size"]
    answer = client.get("/api/problems/double")
    assert answer.status_code == 503
    assert said(answer) == "the package of this problem cannot be read"
    body = {"problem": "double", "source": SOURCE}
    refused = client.post("/api/submissions", json=body)
    assert refused.status_code == 503
    assert "hidden_answer" not in answer.text + refused.text


def test_an_unknown_problem_is_answered_with_what_may_have_been_meant(learner: Client) -> None:
    answer = learner.get("/api/problems/dobule")

    assert answer.status_code == 404
    assert said(answer) == "unknown problem 'dobule'; did you mean double?"


def test_a_bank_that_is_gone_is_the_judges_trouble_and_not_the_learners(
    own: Api, client: Client
) -> None:
    shutil.rmtree(own.bank)
    answers = [
        client.get("/api/problems"),
        client.get("/api/problems/double"),
        client.post("/api/submissions", json={"problem": "double", "source": SOURCE}),
    ]

    assert [one.status_code for one in answers] == [503, 503, 503]
    assert [said(one) for one in answers if str(own.bank) in said(one)] == []
