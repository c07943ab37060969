"""Problems: a list with filters, and one with everything a learner may read."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel

from judge import wire
from judge.api.access import LearnerId
from judge.api.documented import troubles
from judge.api.parts import Parts, PartsOf
from judge.catalog import LIBRARIES, Kind, Problem, starter_text
from judge.wire import Progress
from judge.wire.examples import SLUG

router = APIRouter(prefix="/api/problems", tags=["problems"])
Slug = Annotated[str, Path(examples=[SLUG])]


class Wish(BaseModel):
    """Which problems; what is left out does not matter."""

    topic: Annotated[str | None, Query(max_length=100)] = None
    difficulty: Annotated[str | None, Query(max_length=100)] = None
    kind: Kind | None = None
    profile: Annotated[str | None, Query(max_length=100)] = None
    progress: Progress | None = None
    search: Annotated[
        str | None, Query(max_length=200, description="words of title, slug, topics and tags")
    ] = None


@router.get("", responses=troubles(401, 422, 503))
def list_problems(
    parts: PartsOf, learner: LearnerId, wish: Annotated[Wish, Query()]
) -> wire.ProblemList:
    """List the problems, with how far you have come."""
    found = [one for one in parts.shelf.well_formed() if _fits(one, wish)]
    solved = parts.store.submissions.progress(learner, [one.slug for one in found])
    summaries = (_summary(one, _progress(one, solved)) for one in found)
    wanted = (one for one in summaries if wish.progress in {None, one.progress})
    return wire.ProblemList(problems=tuple(wanted))


@router.get("/{slug}", responses=troubles(401, 404, 422, 503))
def get_problem(parts: PartsOf, learner: LearnerId, slug: Slug) -> wire.ProblemDetail:
    """Show one problem: statement, starter, samples, limits, libraries."""
    problem = parts.shelf.get(slug)
    solved = parts.store.submissions.progress(learner, [slug])
    return wire.ProblemDetail(
        **_summary(problem, _progress(problem, solved)).model_dump(),
        statement=problem.statement,
        starter=starter_text(problem),
        samples=problem.samples,
        prelude=problem.prelude,
        entry=problem.entry,
        signatures=problem.signatures,
        forbidden=problem.forbidden,
        limits=wire.Limits(
            cpu_seconds=problem.limits.cpu_seconds,
            wall_seconds=problem.limits.wall_seconds,
            memory_mib=problem.limits.memory_mib,
            output_kib=problem.limits.output_kib,
            value_kib=problem.limits.value_kib,
        ),
        libraries=_libraries(parts, problem.profile),
    )


def _fits(problem: Problem, wish: Wish) -> bool:
    words = f"{problem.slug} {problem.title} {' '.join(problem.topics + problem.tags)}".casefold()
    return (
        wish.topic in {None, *problem.topics}
        and wish.difficulty in {None, problem.difficulty}
        and wish.kind in {None, problem.kind}
        and wish.profile in {None, problem.profile}
        and all(word in words for word in (wish.search or "").casefold().split())
    )


def _progress(problem: Problem, solved: dict[str, bool]) -> Progress:
    if problem.slug not in solved:
        return Progress.NEW
    return Progress.SOLVED if solved[problem.slug] else Progress.TRIED


def _summary(problem: Problem, progress: Progress) -> wire.ProblemSummary:
    return wire.ProblemSummary(
        problem=problem.slug,
        title=problem.title,
        kind=problem.kind,
        difficulty=problem.difficulty,
        topics=problem.topics,
        tags=problem.tags,
        minutes=problem.minutes,
        profile=problem.profile,
        version=problem.version,
        progress=progress,
    )


def _libraries(parts: Parts, profile: str) -> wire.Libraries:
    """Return the versions that the image of a profile had when a worker looked last."""
    image = parts.store.service.image(profile)
    names = LIBRARIES[profile][1:]  # the first is the standard library
    if image is None:
        return wire.Libraries(python=None, versions=dict.fromkeys(names))
    return wire.Libraries(
        python=image.python, versions={name: image.libraries.get(name) for name in names}
    )
