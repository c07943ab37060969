"""What a server in the foreground writes can be read in a terminal."""

import logging

import pytest

from judge.cli import serve


def test_a_log_cannot_steer_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(logging.getLogger("judge"), "level", logging.NOTSET)  # undone afterwards
    serve._log_to_stderr()

    logging.getLogger("judge.test").warning("broke in %s", "\x1b[31mred\x1b]0;title\x07\u202e")

    assert capsys.readouterr().err.endswith("WARNING judge.test: broke in red\n")
