"""Small changes to a source, one at a time: what a good test suite notices.

The changes are mutmut's operators. Its runner is not used: a mutant is judged like any submission.
"""

import ast
import difflib
import textwrap
from dataclasses import dataclass, field

import libcst as cst
import libcst.matchers as m
from mutmut.mutation.mutators import mutation_operators


@dataclass(frozen=True, slots=True)
class Mutant:
    """A source with one change; `before` and `after` are the lines that differ, dedented."""

    line: int
    before: str
    after: str
    source: str = field(repr=False)


# Changes here show to nobody: annotations, docstrings, `__name__`, messages of exceptions.
_IDLE = (
    m.Annotation()
    | m.Raise()
    | m.Expr(value=m.SimpleString() | m.ConcatenatedString())
    | m.Comparison(left=m.Name("__name__"))
)


def mutants_of(source: str) -> list[Mutant]:
    """Return every mutant that compiles, means something else, and is unlike the others."""
    module = cst.parse_module(source)
    finder = _Finder()
    module.visit(finder)
    seen = {_meaning(source)}
    found = []
    for node, changed in finder.changes:
        mutated = cst.ensure_type(module.deep_replace(node, changed), cst.Module).code
        meaning = _meaning(mutated)
        if meaning is None or meaning in seen:
            continue
        seen.add(meaning)
        found.append(_mutant(source, mutated))
    return sorted(found, key=lambda one: one.line)


class _Finder(cst.CSTVisitor):
    """Collects pairs of a node and what may stand in its place."""

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[tuple[cst.CSTNode, cst.CSTNode]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if m.matches(node, _IDLE):
            return False
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                self.changes += [(node, changed) for changed in operator(node)]
        return True


def _meaning(source: str) -> str | None:
    """Return what equals only for equal programs; None for what is no program."""
    try:
        tree = ast.parse(source)
        compile(tree, "mutant", "exec")  # `return` outside of a function parses
    except (SyntaxError, ValueError):
        return None
    return ast.dump(tree)


def _mutant(source: str, mutated: str) -> Mutant:
    before, after = source.splitlines(), mutated.splitlines()
    compared = difflib.SequenceMatcher(None, before, after, autojunk=False)
    differing = [code for code in compared.get_opcodes() if code[0] != "equal"]
    (_, start, _, new_start, _), (_, _, end, _, new_end) = differing[0], differing[-1]
    return Mutant(
        line=start + 1,
        before=_dedented(before[start:end]),
        after=_dedented(after[new_start:new_end]),
        source=mutated,
    )


def _dedented(lines: list[str]) -> str:
    return textwrap.dedent("\n".join(lines)).strip()
