"""What a problem package is once it has been read: frozen, complete, without its disk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from judge.model import Limits, Verdict

SAMPLES = "tests/test_samples.py"
HIDDEN = "tests/test_hidden.py"
STATEMENT = "statement.md"
STARTER = "starter.py"
PRELUDE = "prelude.py"
MUTANTS = "mutants.toml"

# Which libraries a profile has, for a person choosing one; the versions are the image's business.
LIBRARIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "python": ("standard library", "numpy"),
        "ml": ("standard library", "numpy", "scipy", "pandas", "scikit-learn"),
        "deep": ("standard library", "numpy", "scipy", "pandas", "scikit-learn", "PyTorch"),
    }
)


class Kind(StrEnum):
    """What a problem asks its learner to write."""

    FUNCTION = "function"
    CLASS = "class"
    ESTIMATOR = "estimator"
    PROGRAM = "program"
    INTERACTIVE = "interactive"


class Shape(StrEnum):
    """The linked structures that can cross into the box."""

    LINKED_LIST = "linked_list"
    TREE = "tree"


@dataclass(frozen=True, slots=True)
class Adapter:
    """A class of the prelude or the submission whose objects cross as a structure."""

    name: str
    shape: Shape
    fields: Mapping[str, str]  # role ("value", "next", "left", "right") → attribute name
    cyclic: bool = False


@dataclass(frozen=True, slots=True)
class Labelled:
    """A submission of a package, with the verdict its folder promises and its header's claims."""

    path: Path
    expected: Verdict
    source: str = field(repr=False)
    fails: tuple[str, ...] = ()
    misconception: str | None = None

    @property
    def name(self) -> str:
        """Folder and file, as people write it: `wrong_answer/same_index.py`."""
        return f"{self.path.parent.name}/{self.path.name}"


@dataclass(frozen=True, slots=True)
class Explained:
    """Why mutants of the reference may live: those of a line, or the one that makes it `after`."""

    before: str
    after: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem package; `files` is all that was hashed: what is judged is what has the version."""

    slug: str
    title: str
    kind: Kind
    entry: tuple[str, ...]  # names; the first is *the* entry; empty for a program
    signatures: tuple[str, ...]  # as written in problem.toml, in the order of `entry`
    profile: str
    limits: Limits
    folder: Path
    version: str
    files: Mapping[str, bytes] = field(repr=False)
    submissions: tuple[Labelled, ...] = field(default=(), repr=False)
    explained: tuple[Explained, ...] = field(default=(), repr=False)
    adapters: tuple[Adapter, ...] = ()
    forbidden: tuple[str, ...] = ()
    difficulty: str | None = None
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    minutes: int | None = None
    shows_inputs: bool = True  # failing ones, found afresh; `reveal` in problem.toml
    uuid: str | None = None

    @property
    def statement(self) -> str | None:
        """The task in Markdown."""
        return self._text(STATEMENT)

    @property
    def starter(self) -> str | None:
        """The file a learner begins with."""
        return self._text(STARTER)

    @property
    def prelude(self) -> str | None:
        """Helper classes and drivers that run inside the box."""
        return self._text(PRELUDE)

    @property
    def samples(self) -> str | None:
        """The tests every learner may read."""
        return self._text(SAMPLES)

    @property
    def has_samples(self) -> bool:
        """Whether there is a sample test file."""
        return SAMPLES in self.files

    @property
    def reference(self) -> str | None:
        """The source of the first accepted submission; None when the package has none."""
        accepted = (one.source for one in self.submissions if one.expected is Verdict.AC)
        return next(accepted, None)

    def _text(self, path: str) -> str | None:
        content = self.files.get(path)
        return None if content is None else content.decode("utf-8-sig")
