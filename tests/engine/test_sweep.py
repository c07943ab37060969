"""What judges left that were killed is removed; what others run is not."""

from collections.abc import Iterator

import pytest
from docker.models.containers import Container

from judge.engine.client import Engine
from judge.engine.container import HOST_LABEL, INSTANCE_LABEL, host, sweep_dead
from judge.images import find_image

pytestmark = pytest.mark.docker

NEVER_ALIVE = 1 << 30  # more than a kernel numbers processes


@pytest.fixture
def left(engine: Engine) -> Iterator[dict[str, Container]]:
    """Two created containers, by the instance that they say made them."""
    image = find_image(engine, "python").digest
    made = {
        instance: engine.containers.create(
            image, "true", labels={INSTANCE_LABEL: instance, HOST_LABEL: host()}
        )
        for instance in ("a-name-of-its-own", f"{NEVER_ALIVE}-abcd")
    }
    yield made
    names = [one.id for one in engine.containers.list(all=True)]
    for container in made.values():
        if container.id in names:
            container.remove()


def test_only_what_a_dead_judge_left_is_removed(engine: Engine, left: dict[str, Container]) -> None:
    sweep_dead(engine)

    still = {one.id for one in engine.containers.list(all=True)}
    assert left["a-name-of-its-own"].id in still
    assert left[f"{NEVER_ALIVE}-abcd"].id not in still
