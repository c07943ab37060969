"""Judgements of checks, kept in the data directory under a hash of all that they depend on."""

import contextlib
import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from judge.address import make_data_dir
from judge.catalog import Problem
from judge.grading.docker import NOT_FOR_TESTS
from judge.judging.bench import Wish
from judge.model import Judgement
from judge.settings import Settings
from judge.wire.kept import read_judgement, write_judgement

MAX_AGE_SECONDS = 30 * 24 * 3600.0


@dataclass(frozen=True, slots=True)
class KeptJudgements:
    """A cache for `check_problem`; without a folder that can be written it keeps nothing.

    `identity` says what a judgement depends on besides problem and source, by profile. With `fresh`
    nothing is recalled, and what is judged replaces what was kept.
    """

    folder: Path
    identity: Callable[[str], str]
    fresh: bool = False

    def recall(self, wish: Wish) -> Judgement | None:
        """See Cache."""
        path = self._path(wish)
        if self.fresh:
            return None
        with contextlib.suppress(OSError):
            judgement = read_judgement(path.read_bytes())
            path.touch()  # in use
            if judgement is not None:
                problem = wish.problem
                return replace(judgement, problem=problem.slug, problem_version=problem.version)
        return None

    def keep(self, wish: Wish, judgement: Judgement) -> None:
        """See Cache."""
        with contextlib.suppress(OSError):
            path = self._path(wish)
            # Named when complete, so that nobody reads half of it.
            with tempfile.NamedTemporaryFile(dir=self.folder, delete=False) as new:
                new.write(write_judgement(judgement))
            Path(new.name).replace(path)

    def _path(self, wish: Wish) -> Path:
        digest = hashlib.sha256()
        for part in (self.identity(wish.problem.profile).encode(), *_parts(wish)):
            digest.update(b"%d " % len(part) + part)  # lengths, so that no two run together
        return self.folder / f"{digest.hexdigest()}.json"


def kept_judgements(
    settings: Settings, identity: Callable[[str], str], *, fresh: bool = False
) -> KeptJudgements:
    """Return the cache of a data directory, rid of what nobody asked for in a month."""
    folder = settings.data_dir / "checked"
    with contextlib.suppress(OSError):
        make_data_dir(settings.data_dir)
        folder.mkdir(exist_ok=True)
        for path in folder.iterdir():
            if time.time() - path.stat().st_mtime > MAX_AGE_SECONDS:
                path.unlink()
    return KeptJudgements(folder, identity, fresh)


def _parts(wish: Wish) -> Iterator[bytes]:
    yield f"{wish.occasion} {wish.samples_only}".encode()
    yield wish.source.encode("utf-8", "surrogateescape")
    yield from _graded(wish.problem)


def _graded(problem: Problem) -> Iterator[bytes]:
    """Yield what of a package decides: a change of another submission is none of this one."""
    yield (problem.reference or "").encode("utf-8", "surrogateescape")
    for path, content in problem.files.items():
        if not path.startswith(NOT_FOR_TESTS):
            yield path.encode("utf-8", "surrogateescape")
            yield content
