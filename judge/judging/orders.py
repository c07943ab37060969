"""What is to be judged, and what box and grader are told of it."""

from dataclasses import dataclass

from judge.catalog import Problem
from judge.grading import Spec
from judge.images import ImageRef
from judge.model import Limits
from judge.proxy.callee import load_request
from judge.proxy.codec import plain_codec
from judge.proxy.solution import CLASS_KINDS
from judge.proxy.structures import Adapter
from judge.sandbox.base import Order

PROGRAM = "program"
_plain = plain_codec()


@dataclass(frozen=True, slots=True)
class Submission:
    """What is to be judged, by what, and with which seeds."""

    problem: Problem
    source: str
    image: ImageRef
    seed_key: bytes
    samples_only: bool = False
    brief: bool = False  # the first failure is the last test


def order(submission: Submission, limits: Limits) -> Order:
    """Return what a fresh process is told to load."""
    problem = submission.problem
    if problem.kind == PROGRAM:
        program = {"source": submission.source, "prelude": problem.prelude}
        return Order(_plain.encode(program), limits, program=True)
    adapters = [Adapter(a.name, a.shape, dict(a.fields), a.cyclic) for a in problem.adapters]
    request = load_request(submission.source, problem.entry, problem.prelude, adapters)
    return Order(_plain.encode(request), limits)


def grading_spec(submission: Submission) -> Spec:
    """Return what the grader is told; the submission is not part of it."""
    problem = submission.problem
    return Spec(
        slug=problem.slug,
        kind=problem.kind,
        entry=problem.entry,
        classes=classes_of(problem),
        signature=next(iter(problem.signatures), ""),
        adapters=tuple((a.name, a.shape, a.fields, a.cyclic) for a in problem.adapters),
        reference=problem.reference,
        files=problem.files,
        seed_key=submission.seed_key,
        misconceptions=tuple(
            (one.source, one.misconception) for one in problem.submissions if one.misconception
        ),
        samples_only=submission.samples_only,
    )


def classes_of(problem: Problem) -> tuple[str, ...]:
    """Return the entry points that are classes, by the problem's kind or their signatures."""
    if problem.kind in CLASS_KINDS:
        return problem.entry
    pairs = zip(problem.entry, problem.signatures, strict=False)
    return tuple(name for name, signature in pairs if signature.startswith("class "))
