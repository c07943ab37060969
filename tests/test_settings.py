"""What can be set from outside: three environment variables and nothing else."""

from pathlib import Path

import pytest

from judge.settings import Settings


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("JUDGE_DATA", "JUDGE_PROBLEMS", "JUDGE_RUNTIME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)


def test_without_any_the_bundled_problems_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada")

    settings = Settings.from_environment()

    assert settings.data_dir == Path("/home/ada/.local/share/judge")
    assert [folder.name for folder in settings.problem_dirs] == ["problems"]
    assert settings.runtime is None


def test_each_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGE_DATA", "/data")
    monkeypatch.setenv("JUDGE_PROBLEMS", "/one:/two")
    monkeypatch.setenv("JUDGE_RUNTIME", "runsc")

    settings = Settings.from_environment()

    assert settings == Settings(Path("/data"), (Path("/one"), Path("/two")), "runsc")


def test_folders_named_by_hand_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGE_PROBLEMS", "/one")

    assert Settings.from_environment((Path("/mine"),)).problem_dirs == (
        Path("/mine"),
        Path("/one"),
    )


def test_what_is_set_to_nothing_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGE_DATA", "")
    monkeypatch.setenv("JUDGE_PROBLEMS", "")
    monkeypatch.setenv("JUDGE_RUNTIME", "")
    monkeypatch.setenv("XDG_DATA_HOME", "/xdg")

    settings = Settings.from_environment()

    assert settings.data_dir == Path("/xdg/judge")
    assert settings.runtime is None
    assert len(settings.problem_dirs) == 1
