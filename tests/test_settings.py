"""What can be set from outside: environment variables and nothing else."""

import os
from pathlib import Path

import pytest

from judge.settings import Settings


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("JUDGE_", "XDG_"))]:
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
    monkeypatch.setenv("JUDGE_CONCURRENCY", "3")
    monkeypatch.setenv("JUDGE_WARM_BOXES", "5")

    settings = Settings.from_environment()

    assert settings == Settings(Path("/data"), (Path("/one"), Path("/two")), "runsc", 3, 5)


def test_a_box_is_kept_for_all_that_is_judged_at_once_and_a_spare_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    monkeypatch.setattr("os.sysconf", {"SC_PHYS_PAGES": 1 << 22, "SC_PAGE_SIZE": 4096}.get)

    settings = Settings.from_environment()

    assert (settings.concurrency, settings.warm_boxes) == (3, 4)


def test_a_small_machine_keeps_one_box(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.sysconf", {"SC_PHYS_PAGES": 1 << 18, "SC_PAGE_SIZE": 4096}.get)

    assert Settings.from_environment().warm_boxes == 1


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
