"""Pitfalls over HTTP."""

from httpx import Client

from judge.testing.pitfalls import names
from tests.api.test_access import said


def test_all_pitfalls_are_listed_with_their_texts(learner: Client) -> None:
    answer = learner.get("/api/pitfalls")

    assert answer.status_code == 200
    listed = answer.json()["pitfalls"]
    assert tuple(one["name"] for one in listed) == names()
    assert learner.get("/api/pitfalls/ddof").json() in listed


def test_an_unknown_pitfall_is_answered_with_what_may_have_been_meant(learner: Client) -> None:
    answer = learner.get("/api/pitfalls/one_clas")

    assert answer.status_code == 404
    assert said(answer) == "unknown pitfall 'one_clas'; did you mean one_class?"


def test_strangers_are_not_told(anybody: Client) -> None:
    assert anybody.get("/api/pitfalls").status_code == 401
