"""A submission of somebody's becomes a labelled submission of its problem."""

import re
from pathlib import Path

from judge.catalog.labelled import VERDICT_FOLDERS
from judge.catalog.source import check_source
from judge.errors import RequestError
from judge.model import Verdict

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,79}")


def write_labelled(folder: Path, verdict: Verdict, name: str, source: str, note: str) -> Path:
    """Write a source into the folder of the verdict that is expected, headed by `note`.

    Raises:
        RequestError: there is such a file, no such folder, the name cannot be one, or would make
            it the reference.
        SourceRefused: with the note it is too large to be submitted.
    """
    places = [place for place, expected in VERDICT_FOLDERS.items() if expected is verdict]
    if not places:
        raise RequestError(f"no submission is expected to get {verdict}; give another verdict")
    name = name.removesuffix(".py")
    if not _NAME.fullmatch(name):
        raise RequestError(f"'{name}' cannot name a file; use letters, digits, '_' and '-'")
    path = folder / "submissions" / places[0] / f"{name}.py"
    others = [one.name for one in path.parent.glob("*.py") if one != path]
    if verdict is Verdict.AC and others and path.name < min(others):
        raise RequestError(
            f"{path.name} would come before {min(others)} and be the reference; "
            "give a name that comes later"
        )
    content = f"# {note}\n\n{source}".encode()
    check_source(content, str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise RequestError(f"{path} is there already; give another name") from error
    except OSError as error:
        raise RequestError(f"{path}: cannot be written: {error.strerror}") from error
    return path
