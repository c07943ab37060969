"""Verdicts kept between runs of an author's command, by the content of all that made them."""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from judge.address import make_data_dir
from judge.catalog import Problem
from judge.model import Judgement

_SAYS_NOTHING = ("submissions/", "mutants.toml", "statement.md", "editorial.md", "starter.py")


@dataclass(slots=True)
class VerdictCache:
    """What is known, and what of it this run asked for or found out; the rest is forgotten."""

    known: dict[str, str]
    used: dict[str, str] = field(default_factory=dict)

    def get(self, key: str) -> str | None:
        """Return what was kept under a key."""
        if key in self.known:
            self.used[key] = self.known[key]
        return self.known.get(key)

    def put(self, key: str, said: str) -> None:
        """Keep something under a key."""
        self.known[key] = self.used[key] = said


@contextlib.contextmanager
def verdict_cache(path: Path, *, forgets: bool = True) -> Iterator[VerdictCache]:
    """Give the cache in a file, and write it when the block is left, whyever.

    Without `forgets`, what this run did not ask for stays.
    """
    cache = VerdictCache(_read(path))
    try:
        yield cache
    except BaseException:  # it was not asked for everything yet
        _write(path, cache.known)
        raise
    _write(path, cache.used if forgets else cache.known)


def context_of(problem: Problem, judgement: Judgement) -> str:
    """Return what equals where equal sources must get equal verdicts: tests, reference, image.

    Other submissions and the texts are left out, or each word added would cost a judging of all.
    """
    digest = hashlib.sha256(f"{judgement.image} {judgement.runner_version}".encode())
    digest.update((problem.reference or "").encode())
    for path, content in problem.files.items():
        if not path.startswith(_SAYS_NOTHING):
            digest.update(b"\0%d %d " % (len(path), len(content)) + path.encode() + content)
    return digest.hexdigest()


def key_of(context: str, source: str) -> str:
    """Return the key of a source judged in a context."""
    return hashlib.sha256(f"{context} {source}".encode("utf-8", "surrogatepass")).hexdigest()


def _write(path: Path, kept: Mapping[str, str]) -> None:
    make_data_dir(path.parent)
    new = path.with_suffix(f".{os.getpid()}")
    new.write_text(json.dumps(kept), encoding="utf-8")
    new.replace(path)


def _read(path: Path) -> dict[str, str]:
    """Return what was kept; what cannot be read is judged again."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(said) for key, said in kept.items()} if isinstance(kept, dict) else {}
