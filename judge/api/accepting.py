"""The one way in: a source is looked at once, stored, and the worker is told."""

import json
from collections.abc import Iterable
from http import HTTPStatus

from judge.api.parts import Parts
from judge.api.troubles import Refused
from judge.catalog import Kind as ProblemKind
from judge.catalog import Problem, check_source
from judge.errors import QueueFull, SourceRefused, UnknownProblem
from judge.store import Submission, Wanted

MAX_DEPTH = 100  # of arguments in each other


def accept(parts: Parts, learner: int, wanted: Wanted, key: str | None) -> Submission:
    """Store what somebody wants judged; refuse what can never be."""
    problem = _problem(parts, wanted.problem)
    _check(problem, wanted)
    try:
        accepted = parts.store.submissions.accept(learner, wanted, key)
    except QueueFull as error:
        raise Refused(
            HTTPStatus.SERVICE_UNAVAILABLE, str(error), headers={"Retry-After": "60"}
        ) from error
    if accepted.wanted != wanted:
        raise Refused(
            HTTPStatus.CONFLICT,
            f"the key '{key}' was given to submission {accepted.id}, which is another one",
            where="body.key",
        )
    return accepted


def _problem(parts: Parts, slug: str) -> Problem:
    try:
        return parts.shelf.get(slug)
    except UnknownProblem as error:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, str(error), where="body.problem") from error


def _check(problem: Problem, wanted: Wanted) -> None:
    try:
        check_source(wanted.source.encode(), "source")
    except SourceRefused as error:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, str(error), where="body.source") from error
    is_program = problem.kind is ProblemKind.PROGRAM
    if wanted.stdin is not None and not is_program:
        _refuse("body.stdin", f"'{problem.slug}' reads no input; give arguments in `args`")
    if wanted.args is not None and wanted.stdin is not None:
        _refuse("body.args", "give either `args` or `stdin`")
    if wanted.args is not None and problem.kind is not ProblemKind.FUNCTION:
        _refuse("body.args", f"'{problem.slug}' asks for something else than a function")
    if not _can_be_said(wanted.args):
        _refuse(
            "body.args",
            "NaN, infinity, halves of surrogate pairs and more than "
            f"{MAX_DEPTH} levels cannot be said in JSON",
        )


def _can_be_said(args: list[object] | None) -> bool:
    """Return whether an answer can repeat these arguments; Python reads more than it may write."""
    level: list[object] = [args]
    for _ in range(MAX_DEPTH):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            break
    else:
        return False
    try:
        json.dumps(args, allow_nan=False, ensure_ascii=False).encode()
    except ValueError:
        return False
    return True


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _refuse(where: str, what: str) -> None:
    raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, what, where=where)
