"""Any folder is a problem or a ProblemError, whatever its files are called and hold."""

import contextlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.catalog import load_problem
from judge.catalog.manifest import read_manifest
from judge.catalog.signatures import entry_name
from judge.errors import ProblemError
from tests.builders import MANIFEST, SOURCE, a_package
from tests.fuzz.examples import edited, edits, many

PATH = Path("bank/double/problem.toml")
LINES = [
    'title = "T"', "title = 1", 'entry = "f"', 'entry = ["class A", "def f(x)"]', "entry = []",
    'kind = "program"', 'kind = ["class"]', 'profile = "ml"', "minutes = 0x1F", "format = 1.0",
    "[limits]", "limits = 1", "cpu_seconds = 1e309", "cpu_seconds = nan", "memory_mib = 1_000",
    "[adapters.Node]", '[adapters."é\\u0000"]', 'shape = "tree"', 'left = "l"', "cyclic = true",
    "[advice]", 'forbidden = ["x", 1]', "[[adapters]]", "[limits.more]", "when = 1979-05-27",
    "a.b.c = {}", 'uuid = "x"', "x = " + "9" * 5_000, "x = " + "[" * 3_000, "\ufeff", "\0", "'''",
]  # fmt: skip
manifests = (
    st.lists(st.sampled_from(LINES) | st.text(max_size=8), max_size=8).map("\n".join)
    | st.text(max_size=60)
    | st.lists(st.sampled_from(LINES), max_size=4).map(lambda lines: MANIFEST + "\n".join(lines))
)
tokens = st.sampled_from(
    ["def ", "class ", "async ", "f", "(", ")", ":", "->", "...", "\n", "\\", "lambda", "*", ",",
     "=", "[", "]", "'", '"', "#", " ", "\t", "\0", "é", "yield", "-" * 20_000, "(" * 300, ";",
     "b" + ".x" * 20_000]
)  # fmt: skip
signatures = st.lists(tokens, max_size=8).map("".join) | st.text(max_size=20)


@many
@given(manifests)
def test_any_text_is_a_manifest_or_refused(text: str) -> None:
    refused = refusal(lambda: read_manifest(text, PATH))

    assert refused is None or refused.startswith(f"{PATH}: ")


@many
@given(signatures, st.sampled_from(["", "def f(", "class A", "def f(a="]))
def test_any_text_is_an_entry_or_refused(text: str, begin: str) -> None:
    with contextlib.suppress(ValueError):
        assert entry_name(begin + text)


def refusal(ask: Callable[[], object]) -> str | None:
    try:
        ask()
    except ProblemError as error:
        return str(error)
    return None


names = st.binary(min_size=1, max_size=12).filter(
    lambda name: b"/" not in name and b"\0" not in name and name not in {b".", b".."}
) | st.sampled_from([b"tests", b"submissions", b"accepted", b"wrong_answer", b"a.py", b"data"])
contents = (
    st.binary(max_size=30)
    | st.sampled_from([MANIFEST, SOURCE, "# fails: a,,b\n# misconception:\n", "#" * 70_000]).map(
        str.encode
    )
    | st.builds(lambda changed: edited(SOURCE.encode(), changed), edits)
)
trees = st.dictionaries(st.lists(names, min_size=1, max_size=4).map(b"/".join), contents)


def plant(folder: Path, files: dict[bytes, bytes]) -> None:
    for name, content in files.items():
        path = folder / os.fsdecode(name)
        with contextlib.suppress(OSError):  # a file and a folder of one name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


@many
@given(trees, st.sampled_from(["double", "a b", "\udcff", "é"]))
def test_any_tree_is_a_problem_or_refused(files: dict[bytes, bytes], slug: str) -> None:
    with tempfile.TemporaryDirectory() as root:
        folder = a_package(Path(root), slug)
        plant(folder, files)
        refused = refusal(lambda: load_problem(folder))

        assert refused is None or str(folder) in refused
        assert refused is not None or load_problem(folder) == load_problem(folder)


@many
@given(contents, st.sampled_from(["accepted", "wrong_answer", "compile_error"]))
def test_any_submission_is_labelled_or_refused(content: bytes, verdict: str) -> None:
    with tempfile.TemporaryDirectory() as root:
        folder = a_package(Path(root), files={f"submissions/{verdict}/a.py": content})
        refused = refusal(lambda: load_problem(folder))

        assert refused is None or "can never be submitted" in refused


def test_folders_in_each_other_beyond_measure_are_refused(tmp_path: Path) -> None:
    folder = a_package(tmp_path)
    (folder / "/".join("d" * 100)).mkdir(parents=True)

    with pytest.raises(ProblemError, match="in each other"):
        load_problem(folder)


@pytest.mark.parametrize("kind", ["fifo", "link", "loop", "device"])
def test_what_is_no_file_is_refused_without_being_opened(tmp_path: Path, kind: str) -> None:
    folder = a_package(tmp_path)
    match kind:
        case "fifo":
            os.mkfifo(folder / "x")
        case "link":
            (folder / "x").symlink_to("/etc/passwd")
        case "loop":
            (folder / "x").symlink_to(folder)
        case _:
            (folder / "x").symlink_to("/dev/zero")

    with pytest.raises(ProblemError, match="x: "):
        load_problem(folder)
