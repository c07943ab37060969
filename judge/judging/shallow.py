"""Solutions that solve nothing: a group of tests that accepts one of them asks for nothing."""

from collections.abc import Iterator

from judge.catalog import Kind, Problem
from judge.judging.orders import classes_of

# What a call answers, in words and in Python.
_ANSWERS = (
    ("None", "None"),
    ("its first argument", "args[0] if args else None"),
    ("0", "0"),
    ("an empty list", "[]"),
)
_PROGRAMS = (
    ("prints nothing", ""),
    ("prints its input", "import sys\nprint(sys.stdin.read())\n"),
    ("prints 0", "print(0)\n"),
)
_FUNCTION = "def {name}(*args, **kwargs):\n    return {answer}\n"
_CLASS = """\
class {name}:
    def __init__(self, *args, **kwargs):
        pass

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *args, **kwargs: {answer}
"""


def shallow_solutions(problem: Problem) -> Iterator[tuple[str, str]]:
    """Yield what each does, in words, and its source."""
    if problem.kind is Kind.PROGRAM:
        for words, source in _PROGRAMS:
            yield words, source or "pass\n"  # an empty file is no submission
        return
    classes = classes_of(problem)
    for words, answer in _ANSWERS:
        parts = (
            (_CLASS if name in classes else _FUNCTION).format(name=name, answer=answer)
            for name in problem.entry
        )
        yield f"returns {words}", "\n\n".join(parts)
