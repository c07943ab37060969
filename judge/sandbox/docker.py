"""Boxes as Docker containers, started for one submission each."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from judge.engine.client import Engine
from judge.engine.container import ContainerSpec, running
from judge.images import ImageRef
from judge.sandbox.base import Box
from judge.sandbox.box import Lost, StreamBox

SUPERVISOR = ("/opt/judge/venv/bin/python", "-I", "-S", "/opt/judge/box/supervisor.py")
# What a box of each profile holds before any user code runs, in addition to what code may use.
BASELINE_MIB = {"python": 96, "ml": 320}
TMPFS_MIB = 64


@dataclass(frozen=True, slots=True)
class DockerSandbox:
    """Leases boxes from one engine, each started for its lease."""

    engine: Engine
    image_of: Callable[[str], ImageRef]
    instance: str
    runtime: str | None = None

    @contextlib.contextmanager
    def lease(self, profile: str, memory_mib: int) -> Iterator[Box]:
        """See Sandbox."""
        spec = ContainerSpec(
            role="box",
            profile=profile,
            image=self.image_of(profile).digest,
            command=SUPERVISOR,
            memory_mib=memory_mib + BASELINE_MIB.get(profile, 512),
            tmpfs_mib=TMPFS_MIB,
            runtime=self.runtime,
            environment={"PYTHONHASHSEED": "0"},
        )
        with running(self.engine, spec, self.instance) as container:
            box = StreamBox(container.stream, lambda: Lost(container.died_of_memory()))
            box.wait_ready()
            yield box
