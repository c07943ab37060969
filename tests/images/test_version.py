from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from judge.images.version import read_sources, runner_version, source_files, version_of

NAMED = st.dictionaries(st.text(max_size=8), st.binary(max_size=8), min_size=1, max_size=4)


def test_version_is_twelve_hex_digits_and_stable():
    version = runner_version()

    assert len(version) == 12
    assert int(version, 16) >= 0
    assert version == version_of(read_sources()) == version_of(read_sources())


def test_sources_are_what_ends_up_in_an_image():
    names = read_sources().keys()

    assert "judge/__init__.py" in names
    assert "judge/proxy/codec.py" in names
    assert "runner-image/Dockerfile" in names
    assert "runner-image/requirements/ml.txt" in names
    assert not [name for name in names if name.startswith(("judge/images", "judge/judging"))]


def test_caches_hidden_files_and_prose_do_not_count(tmp_path: Path):
    for name in ("a.py", "deep/b.txt", "deep/__pycache__/b.pyc", ".cache/c", "README.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")

    found = {name for name, _ in source_files(tmp_path)}

    assert found == {"a.py", "deep/b.txt"}


@given(sources=NAMED)
def test_order_does_not_matter_and_every_byte_does(sources: dict[str, bytes]):
    turned = dict(reversed(sources.items()))
    name = next(iter(sources))

    assert version_of(turned) == version_of(sources)
    assert version_of({**sources, name: sources[name] + b"\n"}) != version_of(sources)
    assert version_of({**sources, f"{name}2x": b""}) != version_of(sources)
