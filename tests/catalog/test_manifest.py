"""Reading problem.toml: defaults, meaning, and complaints that name file and key."""

from pathlib import Path

import pytest

from judge.catalog.manifest import Manifest, read_manifest
from judge.catalog.problem import Kind, Shape
from judge.errors import ProblemError
from judge.model import Limits

MINIMAL = 'title = "Pairs"\nentry = "def pairs(xs: list[int]) -> int"\n'
LIST = '\n[adapters.ListNode]\nshape = "linked_list"\n'
PATH = Path("bank/pairs/problem.toml")
EVERYTHING = """
format = 1
uuid = "9e4b1f0e-92a5-4f0a-8b57-0a63a5e3c3a1"
title = "Everything"
entry = ["class Cache: get(self, key)", "helper"]
kind = "estimator"
profile = "ml"
difficulty = "hard"
topics = ["3A.1"]
tags = ["hashing"]
minutes = 15

[limits]
cpu_seconds = 2
wall_seconds = 2.5
memory_mib = 512
import_cpu_seconds = 20
output_kib = 1
value_kib = 2

[adapters.Node]
shape = "tree"
left = "l"
cyclic = true

[advice]
forbidden = ["sorted"]
"""


def read(text: str) -> Manifest:
    return read_manifest(text, PATH)


def test_title_and_entry_are_enough() -> None:
    manifest = read(MINIMAL)

    assert manifest.title == "Pairs"
    assert manifest.kind is Kind.FUNCTION
    assert manifest.entry == ("pairs",)
    assert manifest.signatures == ("def pairs(xs: list[int]) -> int",)
    assert manifest.profile == "python"
    assert manifest.limits == Limits()
    assert manifest.adapters == manifest.forbidden == manifest.topics == manifest.tags == ()
    assert manifest.difficulty is None
    assert manifest.minutes is None


def test_everything_can_be_said() -> None:
    manifest = read(EVERYTHING)

    assert manifest.kind is Kind.ESTIMATOR
    assert manifest.entry == ("Cache", "helper")
    assert manifest.limits == Limits(2, 2.5, 512, 20, 1, 2)
    assert manifest.forbidden == ("sorted",)
    assert (manifest.profile, manifest.difficulty, manifest.minutes) == ("ml", "hard", 15)
    assert (manifest.topics, manifest.tags) == (("3A.1",), ("hashing",))
    (adapter,) = manifest.adapters
    assert (adapter.name, adapter.shape, adapter.cyclic) == ("Node", Shape.TREE, True)
    assert adapter.fields == {"value": "val", "left": "l", "right": "right"}


def test_the_wall_limit_follows_the_cpu_limit() -> None:
    assert read(MINIMAL + "limits.cpu_seconds = 2").limits == Limits(cpu_seconds=2, wall_seconds=6)


def test_an_entry_written_as_a_class_makes_a_class_problem() -> None:
    assert read('title = "T"\nentry = "class Cache"').kind is Kind.CLASS


def test_a_program_needs_no_entry() -> None:
    manifest = read('title = "T"\nkind = "program"')

    assert manifest.kind is Kind.PROGRAM
    assert manifest.entry == ()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[limits]\ncpu_secondz = 2", "limits.cpu_secondz: unknown key; did you mean cpu_seconds?"),
        ("titel = 'x'", "titel: unknown key; did you mean title?"),
        ('tags = ["a", "b", "a"]', "tags: names 'a' twice"),
        ('topics = ["2G.1", "2G.1"]', "topics: names '2G.1' twice"),
        ('[advice]\nforbidden = ["numpy", "numpy"]', "advice.forbidden: names 'numpy' twice"),
        ("qqqq = 1", "qqqq: unknown key; known keys are format, uuid, title, entry,"),
        ("limits.cpu_seconds = '2'", "limits.cpu_seconds: should be a valid number"),
        ("limits.cpu_seconds = 0", "limits.cpu_seconds: should be greater than 0"),
        ("limits.cpu_seconds = inf", "limits.cpu_seconds: should be"),
        ("limits.cpu_seconds = true", "limits.cpu_seconds: should be a valid number"),
        ("limits.memory_mib = 1.5", "limits.memory_mib: should be a valid integer"),
        ("limits = 3", "limits: should be a valid dictionary"),
        ("kind = 'fun'", "kind: should be 'function', 'class', 'estimator', 'program' or"),
        ("profile = 'mll'", "profile: should be 'python', 'ml' or 'deep'"),
        ("format = 2", "format: should be 1"),
        ("topics = 'a'", "topics: should be a valid list"),
        ("topics = ['a', 3]", "topics[1]: should be a valid string"),
        ("uuid = 'x'", "uuid: 'x' is not a UUID"),
        ("minutes = 0", "minutes: should be greater than or equal to 1"),
        ("advice.forbiden = []", "advice.forbiden: unknown key; did you mean forbidden?"),
        (LIST + "nxt = 'n'", "adapters.ListNode.nxt: unknown key; did you mean next?"),
        (LIST + "left = 'l'", "adapters.ListNode.left: a linked_list has no such field"),
        (LIST + "next = '1'", "adapters.ListNode.next: '1' is not the name of an attribute"),
        ("[adapters.X]\n", "adapters.X.shape: is missing"),
        ("[adapters.'1']\nshape = 'tree'", "adapters: '1' is not the name of a class"),
    ],
)
def test_a_wrong_key_is_named(text: str, complaint: str) -> None:
    with pytest.raises(ProblemError) as caught:
        read(MINIMAL + text)

    assert str(caught.value).startswith(f"{PATH}: {complaint}")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('entry = "f"', "title: is missing"),
        ('title = ""\nentry = "f"', "title: string should have at least 1 character"),
        ('title = "T"', "entry: is missing; say what to define"),
        ('title = "T"\nentry = []', "entry: is missing; say what to define"),
        ('title = "T"\nentry = 3', "entry: should be a valid list"),
        ('title = "T"\nentry = "def f(x"', "entry: invalid signature 'def f(x': "),
        ('title = "T"\nentry = "class 1"', "entry: invalid signature 'class 1': write"),
        ('title = "T"\nentry = "f(x)"', "entry: 'f(x)' is neither a name nor"),
        ('title = "T"\nentry = ["f", "f"]', "entry: names one thing twice: f, f"),
        ('title = "T', "not valid TOML: Illegal character '\\n' (at line 1"),
        ('title = "T"\ntitle = "U"\n', "not valid TOML: Cannot overwrite a value (at line 2"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(text: str, complaint: str) -> None:
    with pytest.raises(ProblemError) as caught:
        read(text + "\n")

    assert str(caught.value).startswith(f"{PATH}: {complaint}")


def test_every_wrong_key_is_listed() -> None:
    with pytest.raises(ProblemError) as caught:
        read(MINIMAL + "a = 1\nb = 2\n")

    assert [line.split(": ")[1] for line in str(caught.value).splitlines()] == ["a", "b"]
