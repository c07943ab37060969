"""A container engine of the tests' own, which may be killed: nobody else's work is on it.

It needs root and an installed `dockerd`. Everything of it lies in one folder and below one cgroup,
so that what a killed engine leaves (shims, mounts, containers) is found again. Its containerd is a
process of its own, as where both are services: it outlives the engine, and so do containers, until
the engine is back and ends them.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import docker
import requests
from docker.errors import DockerException

from judge.engine.client import Engine
from judge.images import find_image

START_SECONDS = 60
STOP_SECONDS = 15
CGROUPS = Path("/sys/fs/cgroup")
_UMOUNT = shutil.which("umount") or "umount"
NOT_THERE = (DockerException, requests.RequestException, OSError)


def why_not() -> str | None:
    """Why no engine can be started here; None when one can."""
    if os.geteuid() != 0:
        return "only root may start a container engine of its own to kill it"
    if shutil.which("dockerd") is None:
        return "no dockerd is installed here that could be started a second time"
    return None


class PrivateEngine:
    """One dockerd that may be killed and started again, and its containerd."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._cgroup = folder.name
        (folder / "daemon.json").write_text("{}")  # not the machine's configuration
        (folder / "containerd.toml").write_text(
            f'version = 2\nroot = "{folder}/containerd"\nstate = "{folder}/state"\n'
            'disabled_plugins = ["io.containerd.grpc.v1.cri"]\n'
            f'[grpc]\naddress = "{folder}/containerd.sock"\n'
        )
        self.host = f"unix://{folder}/engine.sock"
        self._process: subprocess.Popen[bytes] | None = None
        self._containerd = self._run("containerd", "--config", folder / "containerd.toml")

    def start(self) -> None:
        """Start it, without waiting for it to answer."""
        assert self._process is None
        folder = self._folder
        self._process = self._run(
            "dockerd", "--config-file", folder / "daemon.json", "--host", self.host,
            "--containerd", folder / "containerd.sock", "--data-root", folder / "data",
            "--exec-root", folder / "exec", "--pidfile", folder / "engine.pid",
            # With systemd's way of groups, the default beside it, the parent had to be a slice.
            "--cgroup-parent", f"/{self._cgroup}", "--exec-opt", "native.cgroupdriver=cgroupfs",
            "--bridge", "none", "--iptables=false", "--ip6tables=false",
        )  # fmt: skip

    def kill(self) -> None:
        """Kill it with SIGKILL."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self._process = None

    def revive(self) -> None:
        """Have it answer, whatever a test has done to it."""
        if self._process is None:
            self.start()
        self.wait()

    def wait(self) -> None:
        """Wait until it answers."""
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self._process is not None:
            if self._process.poll() is not None:
                break
            with contextlib.suppress(*NOT_THERE), self.client() as engine:
                engine.ping()
                return
            time.sleep(0.05)
        raise AssertionError(self.log())

    @contextlib.contextmanager
    def client(self, timeout: int = 10) -> Iterator[Engine]:
        """Give a client of it; raise OSError when nothing listens."""
        with socket.socket(socket.AF_UNIX) as knocking:  # the library leaks one that fails
            knocking.connect(self.host.removeprefix("unix://"))
        with contextlib.closing(
            docker.DockerClient(self.host, version="1.41", timeout=timeout)
        ) as client:
            yield client

    def log(self) -> str:
        """The end of what it complained of."""
        return "\n".join((self._folder / "log.txt").read_text(errors="replace").splitlines()[-40:])

    def clear_away(self) -> None:
        """End it and remove everything that it has left, however it was killed."""
        for process in (self._process, self._containerd):
            if process is not None:
                _end(process)
        until = time.monotonic() + STOP_SECONDS
        while (left := [*self._shims(), *self._contained()]) and time.monotonic() < until:
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.1)
        for place in reversed(self._mounts()):
            subprocess.run([_UMOUNT, "--lazy", place], check=False)
        for folder in self._cgroup_folders():
            with contextlib.suppress(OSError):
                folder.rmdir()
        shutil.rmtree(self._folder)
        assert not left, f"processes {left} of the private engine cannot be killed"

    def _run(self, *command: object) -> subprocess.Popen[bytes]:
        with (self._folder / "log.txt").open("ab") as log:
            return subprocess.Popen(
                list(map(str, command)),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _shims(self) -> Iterator[int]:
        """containerd's shims: their command lines name our folder."""
        own = os.fsencode(self._folder)
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                words = (entry / "cmdline").read_bytes() if entry.name.isdecimal() else b""
                if b"containerd-shim" in words and own in words:
                    yield int(entry.name)

    def _contained(self) -> Iterator[int]:
        for folder in self._cgroup_folders():
            with contextlib.suppress(OSError):
                yield from map(int, (folder / "cgroup.procs").read_text().split())

    def _cgroup_folders(self) -> list[Path]:
        """Innermost first, of version 1 or 2."""
        tops = [*CGROUPS.glob(self._cgroup), *CGROUPS.glob(f"*/{self._cgroup}")]
        return [Path(folder) for top in tops for folder, _, _ in os.walk(top, topdown=False)]

    def _mounts(self) -> list[str]:
        lines = Path("/proc/self/mounts").read_text().splitlines()
        return [
            place for line in lines if (place := line.split()[1]).startswith(f"{self._folder}/")
        ]


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextlib.contextmanager
def private_engine(images_from: Engine) -> Iterator[PrivateEngine]:
    """Run an engine that has the image of the profile `python`, and nothing of it afterwards."""
    # Not in pytest's folder: a socket's path may have 108 characters.
    own = PrivateEngine(Path(tempfile.mkdtemp(prefix="judge-killed-")))
    try:
        own.start()
        own.wait()
        image = find_image(images_from, "python")
        with own.client(timeout=120) as client:
            client.images.load(images_from.api.get_image(image.tag))
        yield own
    finally:
        own.clear_away()
