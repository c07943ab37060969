"""`judge replay`: judge a stored submission again and compare, storing nothing."""

from typing import TYPE_CHECKING, Annotated

import typer

from judge.cli.options import JsonOption, ProblemsOption, catalog_of, settings_of
from judge.errors import NotJudged, SetupError

if TYPE_CHECKING:
    from judge.judging.replay import Replay, Step
    from judge.model import Judgement
    from judge.settings import Settings


def replay(
    context: typer.Context,
    submission: Annotated[int, typer.Argument(metavar="ID", min=1, help="A submission.")],
    problems: ProblemsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Judge a submission of the data directory again, with the same seeds, and store nothing.

    Says whether problem, image and runner are those of its judgement, and which tests come out
    otherwise; times are not compared.
    Exit code: 0 the same results, 1 others, 2 it cannot be replayed, 3 the judge failed.
    """
    from judge.cli.jsonform import print_json
    from judge.cli.progress import progress
    from judge.judging.replay import compare

    settings = settings_of(problems)
    source, recorded = _recorded(settings, submission)
    problem = catalog_of(problems).get(recorded.problem)
    with (
        progress(f"judging submission {submission} again", quiet=as_json) as listener,
        context.obj.parts.open_judge(settings, (problem.profile,)) as judge,
    ):
        now = judge.judge(problem, source, listener, samples_only=False)
    found = compare(recorded, now)
    if as_json:
        print_json({"submission_id": submission, **_json(found)})
    else:
        _show(submission, found)
    raise typer.Exit(_code(recorded, now, found))


def _recorded(settings: "Settings", submission_id: int) -> "tuple[str, Judgement]":
    """Return the source and the current judgement; raise when its seeds cannot be had."""
    from judge.bootstrap.local import seed_key, seeds_of
    from judge.cli.memory import open_memory

    with open_memory(settings) as store:
        found = store.submissions.of_anybody(submission_id)
        recorded = store.judgements.of(submission_id, found.round)
        seeds = store.judgements.seeds(submission_id, found.round)
    if recorded is None:
        raise NotJudged(submission_id)
    if seeds != seeds_of(seed_key(settings)):
        raise SetupError(
            f"the seeds of submission {submission_id} came from another secret than "
            f"{settings.data_dir / 'seed-key'} holds (fingerprint {seeds}); put that file back"
        )
    return found.wanted.source, recorded


def _code(recorded: "Judgement", now: "Judgement", found: "Replay") -> int:
    from judge.model import Verdict

    if now.verdict is Verdict.JE and recorded.verdict is not Verdict.JE:
        return 3
    return 1 if found.differences else 0


def _json(found: "Replay") -> dict[str, object]:
    return {
        "same": not found.differences,
        "conditions": [_step(one) for one in found.conditions],
        "differences": [_step(one) for one in found.differences],
    }


def _step(one: "Step") -> dict[str, object]:
    return {"name": one.name, "recorded": one.recorded, "now": one.now, "same": one.same}


def _show(submission_id: int, found: "Replay") -> None:
    from judge.cli.console import out, table, text

    for one in found.conditions:
        words = "the same" if one.same else f"was {one.recorded or 'unknown'}, is {one.now}"
        out().print(text(f"{one.name}: {words}"))
    if not found.differences:
        out().print(f"submission {submission_id}: the same results")
        return
    rows = table("Result", "Recorded", "Now")
    for one in found.differences:
        rows.add_row(text(one.name), text(one.recorded), text(one.now))
    out().print(rows)
    out().print(f"submission {submission_id}: {len(found.differences)} results differ")
