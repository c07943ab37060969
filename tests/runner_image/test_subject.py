"""What a supervisor makes of a process that falls silent before its death is heard of."""

from pathlib import Path

import pytest

from tests.fuzz.test_hostile_process import a_stage
from tests.runner_image.parts import subject


@pytest.mark.parametrize(("kills", "reason"), [(0, "protocol"), (1, "memory")])
def test_who_closes_its_socket_for_long_may_be_dying_of_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kills: int, reason: str
) -> None:
    """The kernel may take long to free what a process had, which closes its sockets first."""
    monkeypatch.setattr(subject, "GRACE_AFTER_CLOSING_SECONDS", 0.0)
    (tmp_path / "cgroup.controllers").write_text("memory\n")
    (tmp_path / "memory.events").write_text("oom 0\noom_kill 0\n")

    with a_stage(cgroup=str(tmp_path)) as stage:
        (tmp_path / "memory.events").write_text(f"oom {kills}\noom_kill {kills}\n")
        stage.do("hang up", b"")
        stage.look()

    (news,) = stage.said
    assert news.header["exit"] == "stopped"
    assert news.header["stop_reason"] == reason
