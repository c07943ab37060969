"""The images as they are on the engine; each test says what the code above relies on."""

import json
from collections.abc import Iterator

import docker
import pytest

from judge.errors import ImageMissing, ImageOutdated, RequestError
from judge.images import (
    PROFILES,
    ImageRef,
    build_image,
    engine_client,
    find_image,
    reference,
    runner_version,
)

VENV_PYTHON = "/opt/judge/venv/bin/python"
EXPECTED = {
    "python": {"numpy"},
    "ml": {"numpy", "scipy", "pandas", "scikit-learn"},
}
IMPORTS = {"python": ["numpy"], "ml": ["numpy", "scipy.optimize", "pandas", "sklearn.linear_model"]}

LEFTOVERS = r"""
find / -xdev \( -name '*.whl' -o -name pip -o -name 'pip3*' -o -name '.*_history' \)
find /tmp /root /var/tmp /var/cache -mindepth 1
"""
WRONG_FILES = r"""
cd /opt/judge
find . ! -type l \( ! -user root -o ! -perm -004 -o -perm /022 \)
find lib box grader grader-lib venv/lib -name '*.py' | while read -r file; do
    compiled="${file%/*}/__pycache__/$(basename "$file" .py).cpython-313.pyc"
    [ -e "$compiled" ] || echo "$file"
done
"""


@pytest.fixture(scope="module")
def engine() -> Iterator[docker.DockerClient]:
    client = engine_client()
    yield client
    client.close()


@pytest.fixture(scope="module", params=PROFILES)
def image(request, engine) -> ImageRef:
    return build_image(engine, request.param, lambda line: None)


def inside(engine: docker.DockerClient, image: ImageRef, *command: str, user: str = "12345") -> str:
    output: bytes = engine.containers.run(
        image.digest, list(command), network_mode="none", read_only=True, user=user, remove=True
    )
    return output.decode()


def python(engine: docker.DockerClient, image: ImageRef, code: str):
    return json.loads(inside(engine, image, VENV_PYTHON, "-I", "-c", f"import json\n{code}"))


def test_an_unknown_profile_is_refused_with_the_known_ones():
    with pytest.raises(RequestError, match="'mll'; there are python and ml"):
        build_image(None, "mll", print)  # type: ignore[arg-type]  # the engine is not asked


@pytest.mark.docker
def test_labels_say_what_is_inside(engine, image):
    found = python(
        engine,
        image,
        "import importlib.metadata as m, platform\n"
        "found = {d.name: d.version for d in m.distributions()}\n"
        "print(json.dumps([platform.python_version(), found]))",
    )

    assert [image.python, dict(image.libraries)] == found
    assert image.python.startswith("3.13.")
    assert image.libraries.keys() >= EXPECTED[image.profile]
    assert image.base in {"pulled", "mmdebstrap"}
    assert image.runner_version == runner_version()


@pytest.mark.docker
def test_libraries_import_on_a_read_only_root_without_being_root(engine, image):
    names = IMPORTS[image.profile]

    assert python(engine, image, f"import {', '.join(names)}\nprint(json.dumps(True))")


@pytest.mark.docker
@pytest.mark.parametrize("name", ["pip", "ensurepip", "msgpack", "pytest", "hypothesis", "judge"])
def test_a_submission_cannot_import(engine, image, name):
    found = python(
        engine,
        image,
        f"import importlib.util as u\nprint(json.dumps(u.find_spec({name!r}) is not None))",
    )

    assert not found


@pytest.mark.docker
def test_scikit_learn_is_not_in_the_small_profile(engine):
    image = build_image(engine, "python", lambda line: None)

    assert "scikit-learn" not in image.libraries
    assert not python(
        engine,
        image,
        "import importlib.util as u\nprint(json.dumps(u.find_spec('sklearn') is not None))",
    )


@pytest.mark.docker
def test_our_code_and_the_graders_libraries_import_from_their_folders(engine, image):
    places = python(
        engine,
        image,
        "import sys\n"
        "sys.path[:0] = [f'/opt/judge/{lib}/site-packages' for lib in ('lib', 'grader-lib')]\n"
        "import msgpack, pytest, hypothesis, judge, judge.proxy.codec as c\n"
        "print(json.dumps([m.__file__ for m in (msgpack, pytest, hypothesis, judge, c)]))",
    )

    assert places == [
        "/opt/judge/lib/site-packages/msgpack/__init__.py",
        "/opt/judge/grader-lib/site-packages/pytest/__init__.py",
        "/opt/judge/grader-lib/site-packages/hypothesis/__init__.py",
        "/opt/judge/lib/site-packages/judge/__init__.py",
        "/opt/judge/lib/site-packages/judge/proxy/codec.py",
    ]


@pytest.mark.docker
def test_hypothesis_takes_nothing_but_the_graders_own_files_for_code_under_test(engine, image):
    local = python(
        engine,
        image,
        "import contextlib, importlib, sys\n"
        "sys.path.insert(0, '/opt/judge/grader')\n"
        "import server\n"
        "for name in server.WARM_MODULES:\n"
        "    with contextlib.suppress(ImportError):\n"
        "        importlib.import_module(name)\n"
        "from hypothesis.internal.constants_ast import is_local_module_file\n"
        "files = [getattr(one, '__file__', None) for one in list(sys.modules.values())]\n"
        "print(json.dumps(sorted(one for one in files if one and is_local_module_file(one))))",
    )

    assert [one for one in local if one.startswith("/opt")] == [
        f"/opt/judge/grader/{one}.py" for one in ("server", "session", "template")
    ]


@pytest.mark.docker
def test_no_installer_no_wheel_and_no_history_is_left(engine, image):
    found = inside(engine, image, "sh", "-c", LEFTOVERS, user="root")

    assert found == ""


@pytest.mark.docker
def test_everything_of_ours_is_compiled_owned_by_root_and_readable(engine, image):
    wrong = inside(engine, image, "sh", "-c", WRONG_FILES)

    assert wrong == ""


@pytest.mark.docker
def test_building_again_finds_everything_there(engine, image):
    said: list[str] = []

    again = build_image(engine, image.profile, said.append)

    assert again == image == find_image(engine, image.profile)
    assert said == [f"{image.tag}: already there"]


@pytest.mark.docker
def test_no_build_stage_and_no_container_is_left(engine, image):
    stages = engine.images.list(filters={"dangling": True, "label": "judge.stage"})

    assert stages == []
    assert (
        engine.containers.list(all=True, filters={"ancestor": image.tag, "status": "exited"}) == []
    )


@pytest.mark.docker
def test_an_image_of_another_version_is_outdated_and_none_is_missing(engine, image, monkeypatch):
    monkeypatch.setattr(reference, "runner_version", lambda: "0123456789ab")

    with pytest.raises(ImageOutdated, match=r"runner [0-9a-f]{12}, this is 0123456789ab"):
        find_image(engine, image.profile)
    with pytest.raises(ImageMissing, match="judge image build deep"):
        find_image(engine, "deep")
