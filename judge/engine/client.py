"""A client of the container engine, and its library's exceptions turned into ours."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import docker
import requests
from docker.errors import APIError, DockerException

from judge.errors import EngineUnavailable, InfrastructureError, NoSpaceLeft

Engine = docker.DockerClient
_DEFAULT_HOST = "unix:///var/run/docker.sock"
_UNREACHABLE = (requests.ConnectionError, requests.Timeout)


def engine_client(timeout: int = 60) -> Engine:
    """Return a client of the engine that DOCKER_HOST names, having spoken to it once.

    Raises:
        EngineUnavailable: nothing answers there, or it does not let us in; tells what to do.
    """
    try:
        _knock(timeout)
        return docker.DockerClient.from_env(timeout=timeout)  # asks for the engine's API version
    except (OSError, DockerException, requests.RequestException, ValueError) as error:
        raise _unavailable(error) from error


@contextmanager
def engine_errors() -> Iterator[None]:
    """Let what the engine's client library raises inside leave as an exception of ours."""
    try:
        yield
    except (DockerException, requests.RequestException) as error:
        raise translated(error) from error


def translated(error: Exception) -> InfrastructureError:
    """Return our exception for one of the engine's client library."""
    text = str(error)
    if "no space left on device" in text.lower():
        return NoSpaceLeft(
            f"the container engine has no space left on its disk ({text}); "
            "free some, for instance with `docker system prune`"
        )
    if isinstance(error, _UNREACHABLE):
        return _unavailable(error)
    if isinstance(error, APIError):
        return InfrastructureError(f"the container engine refused: {error.explanation or text}")
    return InfrastructureError(f"the container engine's answer makes no sense: {text}")


def _host() -> str:
    return os.environ.get("DOCKER_HOST") or _DEFAULT_HOST


def _knock(timeout: float) -> None:
    """Connect once; the client library leaks its socket and hides the reason when that fails."""
    scheme, _, path = _host().partition("://")
    if scheme == "unix":
        with socket.socket(socket.AF_UNIX) as knocking:
            knocking.settimeout(timeout)
            knocking.connect(path)


def _unavailable(error: Exception) -> EngineUnavailable:
    host = _host()
    if isinstance(error, PermissionError) or "PermissionError" in str(error):
        return EngineUnavailable(
            f"the container engine at {host} does not let this user in; join its group with "
            "`sudo usermod -aG docker $USER` and log in again (this group amounts to root)"
        )
    if os.environ.get("DOCKER_HOST"):
        return EngineUnavailable(
            f"no container engine answers at {host}, which DOCKER_HOST names; "
            f"start it there or unset DOCKER_HOST ({_innermost(error)})"
        )
    return EngineUnavailable(
        f"no container engine answers at {host}; `make engine` installs and starts one, "
        f"`sudo systemctl start docker` starts an installed one ({_innermost(error)})"
    )


def _innermost(error: BaseException) -> str:
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    return str(error) or type(error).__name__
