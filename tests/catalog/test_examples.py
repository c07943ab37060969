"""An example of a statement must be a sample as well."""

from pathlib import Path

import pytest

from judge.catalog import example_complaints
from tests.builders import a_problem

SAMPLES = """
def test_two(solution):
    assert solution.double(2) == 4
    assert solution.double(n=0) is None
    assert solution.double(7) in [13, 14]
"""
PROGRAM = 'title = "Sum"\nkind = "program"\n'
RUNS = "def test(solution):\n    assert solution.run('1 2\\n').stdout == '3\\n'\n"


def complaints(root: Path, text: str, samples: str = SAMPLES, **files: str) -> list[str]:
    given = {"statement.md": text, "tests/test_samples.py": samples, **files}
    return list(example_complaints(a_problem(root, files=given)))


@pytest.mark.parametrize(
    "text",
    [
        "No example.",
        "```python\n>>> double(2)\n4\n>>> double( n = 0 )\nNone\n```",
        "```pycon\n>>> double(7)\n14\n```",
        "```python\nassert double(2) == 4\n```",
        "```python\nassert solution.double(2) == 4\n```",
        "```python\ndef double(n): ...\n```",
        "```python\n>>> other(2)\n5\n```",
        "```python\n>>> x = double(9)\n```",
        "```text\n>>> double(2)\n5\n```",
        "```python\nnot Python (\n```",
    ],
)
def test_an_example_that_is_a_sample_is_fine(tmp_path: Path, text: str) -> None:
    assert complaints(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "~~~python\n>>> double(2)\n5\n~~~",
            "statement.md: the example says that `double(2)` is 5, but tests/test_samples.py says",
        ),
        (
            "```python\nassert double(3) == 6\n```",
            "statement.md: the example `double(3)` is not in tests/test_samples.py: add `assert",
        ),
    ],
)
def test_an_example_that_is_no_sample_is_named(tmp_path: Path, text: str, said: str) -> None:
    (found,) = complaints(tmp_path, f"Words.\n\n{text}\n\nMore.\n")

    assert found.startswith(said)


@pytest.mark.parametrize(
    ("given", "wanted", "said"),
    [
        ("1 2", "3", []),
        ("1 2", "4", ["statement.md: the example output for `1 2` is '4', which the test in"]),
        ("1 5", "6", ["statement.md: the example input `1 5` is not in tests/test_samples.py"]),
    ],
)
def test_an_example_of_a_program_is_input_and_output(
    tmp_path: Path, given: str, wanted: str, said: list[str]
) -> None:
    text = f"```input\n{given}\n```\n\n```output\n{wanted}\n```\n"
    found = complaints(tmp_path, text, RUNS, **{"problem.toml": PROGRAM})

    assert [one[: len(start)] for one, start in zip(found, said, strict=True)] == said
