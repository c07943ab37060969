"""What every step of one build needs, and handing one build context to the engine."""

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import docker
from docker.models.images import Image

from judge.engine.client import translated
from judge.errors import InfrastructureError

Report = Callable[[str], None]

_TOLD_LINES = 30


@dataclass(frozen=True, slots=True)
class Work:
    """One build: for whom, from which sources, where downloads are kept, who hears about it."""

    engine: docker.DockerClient
    profile: str
    sources: Mapping[str, bytes]  # as `read_sources` returned them, for the whole build
    cache: Path
    report: Report
    force: bool


def build(
    work: Work,
    write_context: Callable[[IO[bytes]], None],
    tag: str,
    arguments: Mapping[str, str],
    labels: Mapping[str, str],
) -> Image:
    """Build one image without network and return it; says the end of the output if that fails."""
    work.report(f"building {tag}")
    said: list[str] = []
    with tempfile.TemporaryFile(dir=work.cache) as context:
        write_context(context)
        context.seek(0)
        for event in work.engine.api.build(
            fileobj=context,
            custom_context=True,
            tag=tag,
            buildargs=dict(arguments),
            labels=dict(labels),
            network_mode="none",
            nocache=work.force,
            rm=True,
            forcerm=True,
            decode=True,
        ):
            said.append(event.get("stream", ""))
            if (error := event.get("error")) is not None:
                told = "\n".join("".join(said).splitlines()[-_TOLD_LINES:])
                raise translated(InfrastructureError(f"building {tag} failed: {error}\n{told}"))
    return work.engine.images.get(tag)
