"""The file a learner begins with: the package's own, or one made from its signatures."""

from judge.catalog.problem import Kind, Problem
from judge.catalog.signatures import is_class

_PROGRAM = '"""Read standard input, write the answer to standard output."""\n\nimport sys\n'


def starter_text(problem: Problem) -> str:
    """Return the starter file, or a stub for every entry of a package without one."""
    if problem.starter is not None:
        return problem.starter
    if problem.kind is Kind.PROGRAM:
        return _PROGRAM
    return "\n\n".join(_stub(problem.kind, written) for written in problem.signatures)


def _stub(kind: Kind, written: str) -> str:
    written = written.strip()
    if is_class(written):
        return f"{written.partition(':')[0].rstrip()}:\n    pass\n"
    if written.isidentifier():
        wants_class = kind in (Kind.CLASS, Kind.ESTIMATOR)
        return f"class {written}:\n    pass\n" if wants_class else _function(f"def {written}()")
    return _function(written.removesuffix("...").rstrip().removesuffix(":"))


def _function(header: str) -> str:
    return f"{header}:\n    raise NotImplementedError\n"
