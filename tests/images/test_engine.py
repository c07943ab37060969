import socket
from pathlib import Path

import pytest
import requests
from docker.errors import APIError, DockerException

from judge.errors import EngineUnavailable, InfrastructureError, NoSpaceLeft
from judge.images import engine_client, engine_errors


@pytest.fixture
def silent_host(tmp_path: Path) -> str:
    """A socket on which nobody listens any more, as an engine leaves it that was killed."""
    path = tmp_path / "engine.sock"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
    return f"unix://{path}"


def test_no_engine_names_the_host_it_was_looked_for_at(silent_host, monkeypatch):
    monkeypatch.setenv("DOCKER_HOST", silent_host)

    with pytest.raises(
        EngineUnavailable, match=r"no container engine answers.*DOCKER_HOST"
    ) as caught:
        engine_client()

    assert silent_host in str(caught.value)


def test_a_host_that_is_no_address_is_said_to_be_unavailable(monkeypatch):
    monkeypatch.setenv("DOCKER_HOST", "nonsense://x")

    with pytest.raises(EngineUnavailable, match="nonsense://x"):
        engine_client()


@pytest.mark.parametrize(
    ("raised", "expected", "text"),
    [
        (requests.ConnectionError("refused"), EngineUnavailable, "no container engine answers"),
        (requests.ReadTimeout("slow"), EngineUnavailable, "no container engine answers"),
        (DockerException("Error in protocol"), InfrastructureError, "makes no sense"),
        (
            requests.ConnectionError("PermissionError(13, 'Permission denied')"),
            EngineUnavailable,
            "usermod -aG docker",
        ),
        (APIError("500: write /x: no space left on device"), NoSpaceLeft, "docker system prune"),
        (APIError("409: conflict"), InfrastructureError, "refused: 409: conflict"),
    ],
)
def test_exceptions_of_the_client_library_leave_as_ours(raised, expected, text, monkeypatch):
    monkeypatch.delenv("DOCKER_HOST", raising=False)

    with pytest.raises(expected, match=text) as caught, engine_errors():
        raise raised

    assert type(caught.value) is expected
    assert caught.value.__cause__ is raised
