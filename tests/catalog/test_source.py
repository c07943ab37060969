"""What can be submitted at all."""

from pathlib import Path

import pytest

from judge.catalog.source import MAX_SOURCE_BYTES, read_source
from judge.errors import SourceRefused


def test_a_source_is_its_text(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_bytes("\ufeffx = 'ü'\r\n".encode())

    assert read_source(file) == "x = 'ü'\r\n"


def test_the_largest_source_is_accepted(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(b"#" * MAX_SOURCE_BYTES)

    assert len(read_source(file)) == MAX_SOURCE_BYTES


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"x = 1\0", r"is binary \(a NUL byte at offset 5\)"),
        ("x = 'ü'".encode("utf-16"), "is binary"),
        ("x = 'ü'".encode("latin-1"), r"is not UTF-8 text \(offset 5\)"),
        (b"#" * (MAX_SOURCE_BYTES + 1), "is larger than 256 KiB"),
    ],
)
def test_what_cannot_be_a_submission_is_refused(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(content)

    with pytest.raises(SourceRefused, match=rf"a\.py: {reason}"):
        read_source(file)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("missing.py", "no such file"), ("", "is a folder"), ("a\0b", "cannot be read")],
)
def test_a_path_that_leads_nowhere_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(SourceRefused, match=reason):
        read_source(tmp_path / name)
