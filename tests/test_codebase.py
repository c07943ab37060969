"""Promises about the code that no linter makes."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.main import get_command

from judge.catalog.labelled import VERDICT_FOLDERS
from judge.cli.app import app

ROOT = Path(__file__).resolve().parent.parent
OURS = ("judge", "runner-image", "scripts", "bench", "tests")
MAX_LINES = 300
IMAGE_PYTHON = (3, 13)
FORBIDDEN_NAMES = re.compile(
    r"(^|_)(?i:utils?|helpers?|misc|rte)($|_)|\w(Manager|Service|Handler|Helper)$"
)
SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore)\b(.*)")
ARGUED = re.compile(r"\(.{10,}\)|#.{10,}")
REGISTRIES = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".", "docker" + ".io/")
EXEMPT_OPTIONS = {"--help", "--install-completion", "--show-completion"}


def tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607 (git is where PATH says)
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listing.stdout.splitlines() if (ROOT / name).is_file()]


ATTACKS = ROOT / "tests" / "hostile"  # programs as their authors would write them


def modules() -> list[Path]:
    found = (path for folder in OURS for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if not path.is_relative_to(ATTACKS))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", modules(), ids=relative)
def test_a_module_can_be_held_in_one_head(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", modules(), ids=relative)
def test_a_suppression_names_its_reason(path: Path) -> None:
    for line in path.read_text(encoding="utf-8").splitlines():
        if (found := SUPPRESSION.search(line)) and "re.compile" not in line:
            assert ARGUED.search(found[2]), f"no reason given: {line.strip()}"


@pytest.mark.parametrize("path", modules(), ids=relative)
def test_a_name_says_what_it_means(path: Path) -> None:
    names = {path.stem, *_defined(_parsed(path))}

    assert [name for name in sorted(names) if FORBIDDEN_NAMES.search(name)] == []


@pytest.mark.parametrize(
    "path", [one for one in modules() if relative(one).startswith("judge/")], ids=relative
)
def test_what_is_public_says_what_it_is(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = [
        node.name
        for node in tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]

    assert ast.get_docstring(tree) is not None
    assert silent == []


def test_no_file_names_a_registry_or_a_place_on_some_machine() -> None:
    found = [
        f"{relative(path)}: {word}"
        for path in tracked()
        for word in REGISTRIES
        if word.encode() in path.read_bytes()
    ]

    assert found == []


def test_every_command_and_option_is_in_the_readme() -> None:
    readme = ROOT / "README.md"
    if not readme.exists():
        pytest.skip("there is no README yet")
    text = readme.read_text(encoding="utf-8")
    missing = [words for words in sorted(set(_commands())) if words not in text]

    assert missing == []


def test_every_command_and_option_carries_help() -> None:
    silent = [
        f"{name} {parameter.name}"
        for name, command in _walk("judge", get_command(app))
        for parameter in command.params
        if parameter.param_type_name == "option" and not getattr(parameter, "help", None)
    ]

    assert silent == []
    assert [name for name, command in _walk("judge", get_command(app)) if not command.help] == []


def test_a_labelled_submission_lies_in_a_verdict_folder() -> None:
    folders = {path.parent.name for path in (ROOT / "problems").glob("*/submissions/*/*.py")}

    assert folders <= set(VERDICT_FOLDERS)


def test_every_bundled_problem_has_a_name_for_urls() -> None:
    names = [path.parent.name for path in (ROOT / "problems").glob("*/problem.toml")]

    assert [name for name in names if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", name)] == []


def _parsed(path: Path) -> ast.AST:
    try:
        return ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError:
        if relative(path).startswith("runner-image/") and sys.version_info < IMAGE_PYTHON:
            pytest.skip("written for the Python of the image, which this one cannot read")
        raise


def _defined(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name


def _walk(name: str, command: object) -> Iterator[tuple[str, object]]:
    yield name, command
    for sub, inner in getattr(command, "commands", {}).items():
        yield from _walk(f"{name} {sub}", inner)


def _commands() -> Iterator[str]:
    for name, command in _walk("judge", get_command(app)):
        if command.hidden:
            continue  # for the judge itself
        if not getattr(command, "commands", {}):
            yield name
        for parameter in command.params:
            yield from (
                option
                for option in parameter.opts
                if option.startswith("--") and option not in EXEMPT_OPTIONS
            )
