"""Where a solution is judged, and who is shown which token."""

from pathlib import Path

import pytest

from judge.address import Address, make_token
from judge.cli.parts import Parts
from judge.cli.place import Server, place_of, server_of
from judge.errors import RequestError, SetupError

HERE = "http://127.0.0.1:8642"
ELSEWHERE = "https://judge.example.org"
RUNNING = Parts(find_server=lambda _settings: Address(HERE, 1, "0"))
NONE = Parts(find_server=lambda _settings: None)


@pytest.fixture(autouse=True)
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("JUDGE_DATA", str(tmp_path))
    monkeypatch.delenv("JUDGE_TOKEN", raising=False)
    monkeypatch.delenv("JUDGE_SERVER", raising=False)
    return make_token(tmp_path)


def test_the_server_that_runs_here_is_asked_with_the_token_of_here(token: str) -> None:
    assert place_of(RUNNING, None, None, local=False) == Server(HERE, token)


def test_the_token_of_here_is_shown_to_nobody_else(token: str) -> None:
    assert place_of(RUNNING, ELSEWHERE, None, local=False) == Server(ELSEWHERE, None)
    assert place_of(NONE, "http://localhost:1", None, local=False) == Server(
        "http://localhost:1", token
    )


def test_a_token_that_is_given_is_shown_to_whom_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGE_TOKEN", "given")

    assert place_of(NONE, ELSEWHERE, None, local=False) == Server(ELSEWHERE, "given")


def test_without_a_server_it_is_here() -> None:
    assert place_of(NONE, None, None, local=False) is None
    with pytest.raises(SetupError, match="judge serve --detach"):
        server_of(NONE, None)


@pytest.mark.parametrize(("problems", "local"), [(None, True), ([Path("bank")], False)])
def test_here_and_there_at_once_is_refused(problems: list[Path] | None, local: bool) -> None:
    assert place_of(RUNNING, None, problems, local=local) is None
    with pytest.raises(RequestError, match="give one of them"):
        place_of(RUNNING, ELSEWHERE, problems, local=local)
