"""Valid objects of the domain, each with the one thing changed that a test is about."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from judge.catalog import Problem, load_problem
from judge.model import Counterexample, Judgement, TestResult, TestState, Trial, Verdict
from judge.store import Kind, Wanted

MANIFEST = 'title = "Double"\nentry = "def double(n: int) -> int"\n'
HIDDEN = "def test_doubles(solution):\n    assert solution.double(2) == 4\n"
SOURCE = "def double(n: int) -> int:\n    return 2 * n\n"


def a_package(
    root: Path, slug: str = "double", files: Mapping[str, str | bytes | None] | None = None
) -> Path:
    """Write a package below `root`; `files` adds to the minimal one, None takes a file away."""
    folder = root / slug
    minimal = {"problem.toml": MANIFEST, "tests/test_hidden.py": HIDDEN}
    folder.mkdir(parents=True)
    for path, content in {**minimal, **(files or {})}.items():
        if content is None:
            continue
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def a_problem(
    root: Path, slug: str = "double", files: Mapping[str, str | bytes | None] | None = None
) -> Problem:
    """A package as `load_problem` reads it, with one accepted submission."""
    accepted = {"submissions/accepted/a.py": SOURCE}
    return load_problem(a_package(root, slug, {**accepted, **(files or {})}))


def a_test(
    name: str = "hidden/01", verdict: Verdict | None = Verdict.AC, **changed: object
) -> TestResult:
    """A test result; a verdict of None is a test that did not run."""
    group = name.partition("/")[0] if "/" in name else "samples"
    facts: dict[str, Any] = {
        "name": name,
        "group": group,
        "sample": group == "samples",
        "state": TestState.SKIPPED if verdict is None else TestState.JUDGED,
        "verdict": verdict,
        "cpu_seconds": 0.01,
    }
    return TestResult(**{**facts, **changed})


def a_judgement(verdict: Verdict = Verdict.AC, **changed: object) -> Judgement:
    """A judgement with one sample and one hidden test, the hidden one having the verdict."""
    facts: dict[str, Any] = {
        "problem": "double",
        "problem_version": "0" * 64,
        "image": "sha256:1234",
        "runner_version": "1",
        "verdict": verdict,
        "points": 100 if verdict is Verdict.AC else 0,
        "max_points": 100,
        "tests": (a_test("test_two"), a_test("hidden/01", verdict)),
        "cpu_seconds": 0.02,
        "wall_seconds": 0.05,
        "peak_memory_mib": 12.0,
        "judging_seconds": 0.4,
    }
    return Judgement(**{**facts, **changed})


def a_counterexample() -> Counterexample:
    """The smallest failing input of a property."""
    return Counterexample(input="double(0)", output="1", expected="0")


def a_trial(**changed: object) -> Trial:
    """What came of an input of a learner's own, right and without a word."""
    facts: dict[str, Any] = {
        "output": "4",
        "expected": "4",
        "matches": True,
        "error": None,
        "stdout": "",
        "cpu_seconds": 0.01,
        "refused": None,
    }
    return Trial(**{**facts, **changed})


def wanted(problem: str = "double", kind: Kind = Kind.SUBMISSION, **changed: Any) -> Wanted:
    """What somebody wants judged."""
    return Wanted(kind, problem, **{"source": SOURCE, **changed})
