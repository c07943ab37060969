"""A command line with a fake judge behind it, and a folder of problems to point it at."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from judge.cli.app import execute
from judge.cli.parts import Parts
from tests.builders import HIDDEN, SOURCE, a_package
from tests.fakes import FakeJudge


@dataclass(frozen=True)
class Result:
    """What one invocation left behind."""

    code: int | str | None
    out: str
    err: str


Judge = Callable[..., Result]


@pytest.fixture
def fake() -> FakeJudge:
    return FakeJudge()


@pytest.fixture
def judge(fake: FakeJudge, capsys: pytest.CaptureFixture[str]) -> Judge:
    """Run `judge` with arguments; `parts` replaces the fake judge by others."""

    def call(*arguments: object, parts: Parts | None = None) -> Result:
        chosen = parts or Parts(open_judge=fake.open, find_server=lambda _settings: None)
        code = execute([str(one) for one in arguments], chosen)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return call


@pytest.fixture
def bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the problem `double`, which is all there is; the working folder is empty."""
    root = tmp_path / "bank"
    a_package(
        root,
        files={
            "statement.md": "# Double\n\nReturn *twice* the number.\n",
            "tests/test_samples.py": HIDDEN.replace("test_doubles", "test_two"),
            "submissions/accepted/a.py": SOURCE,
            "submissions/wrong_answer/b.py": SOURCE + "# wrong\n",
        },
    )
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("JUDGE_PROBLEMS", str(root))
    monkeypatch.setenv("JUDGE_DATA", str(tmp_path / "data"))
    return root


@pytest.fixture
def solution(bank: Path) -> Path:
    """A solution called after its problem."""
    file = Path.cwd() / "double.py"
    file.write_text(SOURCE)
    return file
