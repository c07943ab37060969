"""What can be a submission at all: text, UTF-8, not empty, not huge."""

from pathlib import Path

from judge.errors import SourceRefused

MAX_SOURCE_BYTES = 256 * 1024


def read_source(path: Path) -> str:
    """Read a submission from a file; raise SourceRefused naming the file and the reason."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_SOURCE_BYTES + 1)
    except FileNotFoundError as error:
        raise SourceRefused(f"{path}: no such file") from error
    except IsADirectoryError as error:
        raise SourceRefused(f"{path}: is a folder, not a source file") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise SourceRefused(f"{path}: cannot be read: {reason}") from error
    return check_source(content, str(path))


def check_source(content: bytes, name: str) -> str:
    """Return the text of a submission without its byte order mark; raise SourceRefused."""
    if len(content) > MAX_SOURCE_BYTES:
        raise SourceRefused(f"{name}: is larger than {MAX_SOURCE_BYTES // 1024} KiB")
    if b"\0" in content:
        raise SourceRefused(f"{name}: is binary (a NUL byte at offset {content.index(0)})")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceRefused(
            f"{name}: is not UTF-8 text (offset {error.start}); save it as UTF-8"
        ) from error
    if not text.strip():
        raise SourceRefused(f"{name}: is empty")
    return text
