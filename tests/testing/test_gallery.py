"""Every example of a check in docs/authoring.md runs as it stands there."""

import re
from pathlib import Path

import pytest

import judge.testing

GUIDE = Path(__file__).resolve().parent.parent.parent / "docs" / "authoring.md"
SECTION = GUIDE.read_text(encoding="utf-8").partition("## Checks")[2].partition("## Markers")[0]
EXAMPLES = re.findall(r"```python\n(.*?)```", SECTION, re.DOTALL)


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_an_example_runs(example: str) -> None:
    exec(compile(example, str(GUIDE), "exec"), {})  # noqa: S102 (our own guide)


def test_every_check_is_in_the_guide() -> None:
    values = {"CallResult", "LinkedList", "ProgramResult", "SubmissionError", "Tree"}
    for name in {*judge.testing.__all__} - values:
        assert f"`{name}" in GUIDE.read_text(encoding="utf-8")
