"""Examples in a statement: each must be a sample as well, so that it is known to be true.

An example of a function is `>>> f(1, 2)` with its value below, or `assert f(1, 2) == 3`, in a block
of Python. An example of a program is a block called `input` followed by one called `output`.
"""

import ast
import doctest
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from judge.catalog.problem import SAMPLES, STATEMENT, Kind, Problem

_FENCE = re.compile(r"^(`{3,}|~{3,})[ ]*(\w*)[^\n]*\n(.*?)^\1[ ]*$", re.MULTILINE | re.DOTALL)
_FIXTURE = "solution."


@dataclass(frozen=True, slots=True)
class Pair:
    """A call and its value, both as Python writes them; `value` is None where several will do."""

    call: str
    value: str | None


def example_complaints(problem: Problem) -> Iterator[str]:
    """Complain of every example of the statement that the samples do not bear out."""
    blocks = [(found[2], found[3]) for found in _FENCE.finditer(problem.statement or "")]
    if problem.kind is Kind.PROGRAM:
        yield from _of_program(blocks, _texts(problem.samples or ""))
        return
    samples = {one.call: one.value for one in _asserted(_tree(problem.samples or ""))}
    for name, text in blocks:
        if name not in {"python", "py", "pycon"}:
            continue
        for example in _examples(text):
            if example.call.partition("(")[0] in problem.entry:
                yield from _of_function(example, samples)


def _of_function(example: Pair, samples: dict[str, str | None]) -> Iterator[str]:
    call, value = example.call, example.value
    if call not in samples:
        yield (
            f"{STATEMENT}: the example `{call}` is not in {SAMPLES}: add "
            f"`assert {_FIXTURE}{call} == {value}` there, or take the example out"
        )
    elif samples[call] not in (None, value):
        yield (
            f"{STATEMENT}: the example says that `{call}` is {value}, "
            f"but {SAMPLES} says {samples[call]}; mend the wrong one"
        )


def _of_program(blocks: list[tuple[str, str]], texts: list[set[str]]) -> Iterator[str]:
    for (name, given), (following, wanted) in itertools.pairwise(blocks):
        if (name, following) != ("input", "output"):
            continue
        asked = [said for said in texts if _plain(given) in said]
        shown = _plain(given)[:60]
        if not asked:
            yield (
                f"{STATEMENT}: the example input `{shown}` is not in {SAMPLES}: add a test that "
                "runs it, or take the example out"
            )
        elif not any(_plain(wanted) in said for said in asked):
            yield (
                f"{STATEMENT}: the example output for `{shown}` is {_plain(wanted)[:60]!r}, which "
                f"the test in {SAMPLES} that runs it does not say; mend the wrong one"
            )


def _examples(text: str) -> Iterator[Pair]:
    if ">>>" in text:
        for one in _doctests(text):
            if one.want and (call := _expression(one.source)) is not None:
                yield Pair(ast.unparse(call), _normal(one.want))
    else:
        yield from _asserted(_tree(text))


def _doctests(text: str) -> list[doctest.Example]:
    try:
        return doctest.DocTestParser().get_examples(text)
    except ValueError:  # a prompt without a space behind it, as in prose
        return []


def _asserted(tree: ast.AST) -> Iterator[Pair]:
    """Yield the pairs of `assert call == value`, `is` and `in`, without the fixture's name."""
    for node in ast.walk(tree):
        compared = node.test if isinstance(node, ast.Assert) else None
        if isinstance(compared, ast.Compare) and isinstance(compared.left, ast.Call):
            written = ast.unparse(compared.left).removeprefix(_FIXTURE)
            is_exact = isinstance(compared.ops[0], ast.Eq | ast.Is) and len(compared.ops) == 1
            yield Pair(written, ast.unparse(compared.comparators[0]) if is_exact else None)


def _texts(samples: str) -> list[set[str]]:
    """Return, for every sample test, the texts in it."""
    return [
        {
            _plain(node.value)
            for node in ast.walk(test)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        for test in ast.walk(_tree(samples))
        if isinstance(test, ast.FunctionDef)
    ]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _normal(value: str) -> str:
    found = _expression(value)
    return value.strip() if found is None else ast.unparse(found)


def _expression(text: str) -> ast.expr | None:
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _tree(text: str) -> ast.AST:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])  # the grader says what is wrong with it
