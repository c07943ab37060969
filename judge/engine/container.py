"""One throwaway container with every restriction this project knows; the stream to its PID 1."""

import contextlib
import json
import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from uuid import uuid4

from docker.errors import APIError, ImageNotFound, NotFound
from docker.types import HostConfig, LogConfig, Ulimit

from judge.engine.attach import Stream
from judge.engine.client import Engine, engine_errors
from judge.engine.door import Door, sweep_doors
from judge.errors import ImageMissing, SetupError

MAX_FILES = 20_000  # on the tmpfs; what user code makes must be deleted in seconds
INSTANCE_LABEL = "judge.instance"
ROLE_LABEL = "judge.role"
HOST_LABEL = "judge.host"  # where the process number in an instance means something
# What PID 1 needs to give user code a uid of its own and to stop it.
CAPABILITIES = ("SETUID", "SETGID", "KILL")
_ENVIRONMENT = {
    "PATH": "/opt/judge/venv/bin:/usr/local/bin:/usr/bin:/bin",
    "HOME": "/tmp",  # noqa: S108 (inside the container)
    "LANG": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    # A library that starts a thread per core would fight over one core and run into the pid limit.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
}


@dataclass(frozen=True, slots=True)
class ContainerSpec:
    """What differs between a box and a grader; everything else is the same for both."""

    role: str
    profile: str
    image: str
    command: tuple[str, ...]
    memory_mib: int
    tmpfs_mib: int
    pids: int = 128
    runtime: str | None = None
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Container:
    """A running container: its stream, and what the engine can tell of its end."""

    identity: str
    stream: Stream
    engine: Engine

    def died_of_memory(self) -> bool:
        """Whether the kernel killed PID 1 for want of memory; False when nobody knows any more."""
        with engine_errors():
            try:
                state = self.engine.api.inspect_container(self.identity)["State"]
            except (APIError, NotFound):
                return False
        return bool(state.get("OOMKilled"))


@contextlib.contextmanager
def running(engine: Engine, spec: ContainerSpec, instance: str) -> Iterator[Container]:
    """Create, attach to and start a container; on leaving it is killed and gone."""
    # In this order: an engine that dies here fails the undoing, too.
    with engine_errors(), contextlib.ExitStack() as undo:
        door = _open_door(engine)
        if door is not None:
            undo.callback(door.close)
        try:
            identity = _create(engine, spec, instance, door)
        except _DoorRefused:
            door = None
            identity = _create(engine, spec, instance, door)
        undo.callback(_remove, engine, identity)
        attached = engine.api.attach_socket(
            identity, params={"stdin": 1, "stdout": 1, "stderr": 1, "stream": 1}
        )
        stream = Stream(attached, door)
        undo.callback(stream.close)
        engine.api.start(identity)
        undo.pop_all()
    try:
        yield Container(identity, stream, engine)
    finally:
        stream.close()
        with engine_errors():
            _remove(engine, identity)


def sweep(engine: Engine, instance: str) -> int:
    """Remove what a killed judge of this instance left behind; return how many containers."""
    with engine_errors():
        left = engine.api.containers(
            all=True, quiet=True, filters={"label": f"{INSTANCE_LABEL}={instance}"}
        )
        for container in left:
            _remove(engine, container["Id"])
    return len(left)


def sweep_dead(engine: Engine) -> None:
    """Remove what judges of this host left that were killed.

    A container that was started goes by itself when its judge is gone, unless the engine was killed
    with it; one that was only created stays.
    """
    filters = {"label": f"{HOST_LABEL}={host()}"}
    with engine_errors():
        for container in engine.api.containers(all=True, filters=filters):
            judge, _, _ = container["Labels"][INSTANCE_LABEL].partition("-")
            # Whoever starts containers through this module may name an instance as they like.
            if judge.isdecimal() and not is_alive(int(judge)):
                _remove(engine, container["Id"])
    sweep_doors(is_alive)


def host() -> str:
    """Return what tells this boot and this space of process numbers from all others."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}/{Path('/proc/self/ns/pid').readlink()}"
    except OSError:  # not Linux: one space of numbers a machine
        return platform.node()


def is_alive(pid: int) -> bool:
    """Return whether a process of this host exists, whoever owns it."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def new_instance() -> str:
    """Return the name by which one running judge knows its own containers."""
    return f"{os.getpid()}-{uuid4().hex[:8]}"


class _DoorRefused(Exception):
    """The engine does not know the folder: it runs somewhere else."""


def _open_door(engine: Engine) -> Door | None:
    """Return a door where the engine may be on this machine; else the attached stream will do."""
    if not engine.api.base_url.startswith("http+docker://"):
        return None
    with contextlib.suppress(OSError):
        return Door()
    return None


def _create(engine: Engine, spec: ContainerSpec, instance: str, door: Door | None) -> str:
    try:
        created = engine.api.create_container(
            image=spec.image,
            command=list(spec.command),
            entrypoint=[],
            user="0:0",
            hostname="box",
            stdin_open=True,
            # PID 1 ignores SIGTERM. An engine that was killed ends what it left before it answers
            # again, and would wait ten seconds for each.
            stop_signal="SIGKILL",
            network_disabled=True,
            environment=_ENVIRONMENT | spec.environment,
            labels={INSTANCE_LABEL: instance, ROLE_LABEL: spec.role, HOST_LABEL: host()},
            host_config=_restrictions(engine, spec, door),
        )
    except ImageNotFound as error:
        raise ImageMissing(spec.profile) from error
    except APIError as error:
        if door is not None and "mount" in str(error):
            raise _DoorRefused from error
        if spec.runtime is not None and "runtime" in str(error):
            raise SetupError(
                f"the engine knows no runtime '{spec.runtime}', which JUDGE_RUNTIME names; "
                "`judge doctor` says how to mend it"
            ) from error
        raise
    return str(created["Id"])


def _restrictions(engine: Engine, spec: ContainerSpec, door: Door | None) -> HostConfig:
    seccomp = json.loads(resources.files("judge.engine").joinpath("seccomp.json").read_text())
    tmpfs = f"size={spec.tmpfs_mib}m,nr_inodes={MAX_FILES},mode=1777,nosuid,nodev"
    return engine.api.create_host_config(
        network_mode="none",
        read_only=True,
        tmpfs={"/tmp": tmpfs},  # noqa: S108 (inside the container)
        mounts=None if door is None else [door.mount],
        shm_size=spec.tmpfs_mib << 20,
        cap_drop=["ALL"],
        cap_add=list(CAPABILITIES),
        security_opt=["no-new-privileges", f"seccomp={json.dumps(seccomp)}"],
        mem_limit=spec.memory_mib << 20,
        memswap_limit=spec.memory_mib << 20,
        nano_cpus=1_000_000_000,
        pids_limit=spec.pids,
        ipc_mode="private",
        log_config=LogConfig(type=LogConfig.types.NONE),
        auto_remove=True,
        runtime=spec.runtime,
        ulimits=[Ulimit(name="core", soft=0, hard=0)],
    )


def _remove(engine: Engine, identity: str) -> None:
    # It may be gone already, or on its way: auto-remove and this race, and either may win.
    with contextlib.suppress(NotFound, APIError):
        engine.api.remove_container(identity, force=True, v=True)
