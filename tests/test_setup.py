"""The set-up scripts, as far as they can be tried without setting a machine up."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SCRIPTS = ROOT / "scripts"


@pytest.fixture
def scripts(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    names = ("debian", "setup_engine", "setup_environment", "terminal")
    return {name: importlib.import_module(name) for name in names}


def make(*targets: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--no-print-directory", *targets],  # noqa: S607 (make is on PATH)
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_make_alone_lists_every_target():
    listed = {line.split()[1] for line in make().stdout.splitlines()}
    lines = (ROOT / "Makefile").read_text().splitlines()
    declared = next(line for line in lines if line.startswith(".PHONY:")).split()[1:]

    assert listed == set(declared)


def test_an_engine_the_environment_names_is_not_replaced(scripts, monkeypatch, capsys):
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/engine.sock")

    with pytest.raises(SystemExit) as ended:
        scripts["setup_engine"].main()

    assert ended.value.code == 2
    assert "unix:///nowhere/engine.sock, which DOCKER_HOST names" in capsys.readouterr().err


def test_a_system_without_apt_is_told_what_to_install(scripts, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(scripts["debian"].shutil, "which", lambda *args, **options: None)

    with pytest.raises(SystemExit) as ended:
        scripts["setup_engine"].installed_daemon()

    assert ended.value.code == 2
    assert "Install Docker Engine 20.10.10 or newer" in capsys.readouterr().err


def test_without_a_terminal_nothing_is_asked(scripts, monkeypatch):
    monkeypatch.delenv("YES", raising=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)

    assert scripts["terminal"].agreed("Really?")


def test_a_no_ends_the_set_up_with_the_command_to_give(scripts, monkeypatch, capsys):
    monkeypatch.setattr(scripts["debian"], "agreed", lambda question: False)

    with pytest.raises(SystemExit):
        scripts["debian"].install("docker.io", purpose="Judging")

    assert "sudo apt-get update && sudo apt-get install docker.io" in capsys.readouterr().err


def test_an_old_python_is_refused_with_a_way_out(scripts, monkeypatch, capsys):
    monkeypatch.setattr(scripts["setup_environment"], "FLOOR", (9, 9))

    with pytest.raises(SystemExit):
        scripts["setup_environment"].main()

    assert "make PYTHON=python3.x" in capsys.readouterr().err


def test_a_command_run_in_the_group_keeps_its_arguments_and_exit_code():
    command = [
        str(SCRIPTS / "in_group"),
        sys.executable,
        "-c",
        "import sys; sys.exit(len(sys.argv))",
    ]

    ended = subprocess.run([*command, "a b", "c"], check=False)

    assert ended.returncode == 3
