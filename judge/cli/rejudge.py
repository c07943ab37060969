"""`judge rejudge`: judge stored submissions anew, look at what would change, then apply it."""

import contextlib
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from judge.cli.options import JsonOption, ProblemsOption, catalog_of, settings_of
from judge.errors import JudgeError, RequestError
from judge.model import Verdict

if TYPE_CHECKING:
    from pathlib import Path

    from judge.cli.parts import Parts
    from judge.settings import Settings
    from judge.store import Chosen, Rejudge, Store


def rejudge(
    context: typer.Context,
    submissions: Annotated[
        list[int] | None, typer.Argument(metavar="ID", min=1, help="Submissions.")
    ] = None,
    problem: Annotated[
        str | None, typer.Option("--problem", metavar="SLUG", help="All of this problem.")
    ] = None,
    verdict: Annotated[
        Verdict | None,
        typer.Option("--verdict", case_sensitive=False, help="All that have this verdict."),
    ] = None,
    since: Annotated[
        datetime | None, typer.Option("--since", help="All accepted from this moment on.")
    ] = None,
    resume: Annotated[
        int | None,
        typer.Option("--continue", metavar="N", help="Judge what is left of set N, or failed."),
    ] = None,
    show: Annotated[
        int | None, typer.Option("--show", metavar="N", help="Show what set N would change.")
    ] = None,
    apply: Annotated[
        int | None,
        typer.Option("--apply", metavar="N", help="Make the judgements of set N the current ones."),
    ] = None,
    drop: Annotated[
        int | None, typer.Option("--drop", metavar="N", help="Forget set N; nothing changes.")
    ] = None,
    problems: ProblemsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Judge submissions of the data directory anew, as a numbered set that changes nothing yet.

    Prints what would change; --apply then adds the new judgements, and keeps the old ones. A
    server may be running meanwhile. What an interrupted set has judged is kept.
    Exit code: 0 nothing changes (or all is applied), 1 something would (or was left out), 2 bad
    use, 3 the judge failed at a submission.
    """
    from judge.cli.memory import open_memory
    from judge.store import Chosen

    since = None if since is None else since.astimezone()
    chosen = Chosen(tuple(submissions or ()), problem, verdict, since)
    sets = [number for number in (resume, show, apply, drop) if number is not None]
    settings = settings_of(problems)
    with open_memory(settings) as store:
        _require_one_wish(store, chosen, len(sets))
        if show is not None:
            code = _shown(store.rejudges.get(show), as_json)
        elif apply is not None:
            code = _apply(store, apply, as_json)
        elif drop is not None:
            store.rejudges.drop(drop)
            code = 0
        else:
            number = resume or _begin(store, chosen, problems)
            if number is not None:
                _judge(context.obj.parts, settings, problems, store, number, quiet=as_json)
                code = _shown(store.rejudges.get(number), as_json)
            else:
                code = _nothing(as_json)
    raise typer.Exit(code)


def _require_one_wish(store: "Store", chosen: "Chosen", sets: int) -> None:
    from judge.store import Chosen

    is_choice = chosen != Chosen()
    if chosen.ids and chosen != Chosen(chosen.ids):
        raise RequestError("give either submissions or --problem, --verdict and --since")
    if sets + is_choice > 1:
        raise RequestError("--continue, --show, --apply and --drop take one set and nothing else")
    if sets + is_choice == 0:
        numbers = ", ".join(map(str, store.rejudges.open_ones())) or "none"
        raise RequestError(
            "which submissions? Give their numbers, --problem, --verdict or --since "
            f"(sets that are not applied: {numbers})"
        )


def _begin(store: "Store", chosen: "Chosen", problems: "list[Path] | None") -> int | None:
    if chosen.problem is not None:
        catalog_of(problems).get(chosen.problem)  # or a slip would look like nothing to do
    return store.rejudges.begin(chosen)


def _judge(
    parts: "Parts",
    settings: "Settings",
    problems: "list[Path] | None",
    store: "Store",
    number: int,
    *,
    quiet: bool,
) -> None:
    from judge.bootstrap.local import seed_key, seeds_of
    from judge.catalog import Shelf
    from judge.cli.console import err
    from judge.cli.proposals import story
    from judge.worker import Judging, judge_anew

    total = len(store.rejudges.unjudged(number))
    if total == 0:
        return
    judging = Judging(Shelf(catalog_of(problems)), seeds_of(seed_key(settings)))
    try:
        with (
            _counting(f"set {number}", total, quiet=quiet) as count,
            parts.open_judge(settings, ()) as judge,
        ):
            judge_anew(store, number, judge, judging, lambda one: count(story(one)))
    except (JudgeError, KeyboardInterrupt):
        err().print(f"what was judged is kept: `judge rejudge --continue {number}` goes on")
        raise


@contextlib.contextmanager
def _counting(title: str, total: int, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Show how many have been judged, and the last one."""
    from judge.cli.console import err, text

    done = 0
    console = err()
    with contextlib.ExitStack() as stack:
        status = (
            stack.enter_context(console.status(text(f"{title}: 0 of {total}")))
            if console.is_terminal
            else None
        )

        def count(last: str) -> None:
            nonlocal done
            done += 1
            line = text(f"{title}: {done} of {total}, {last}")
            if status is not None:
                status.update(line)
            elif not quiet:
                console.print(line)

        yield count


def _shown(found: "Rejudge", as_json: bool) -> int:
    from judge.cli.jsonform import print_json
    from judge.cli.proposals import failed, rejudge_json, show_rejudge

    if as_json:
        print_json(rejudge_json(found))
    else:
        show_rejudge(found)
    if any(one.fate is None and failed(one) for one in found.proposals):
        return 3
    return 1 if any(one.changes for one in found.proposals) else 0


def _apply(store: "Store", number: int, as_json: bool) -> int:
    from judge.cli.console import out
    from judge.cli.jsonform import print_json
    from judge.cli.proposals import rejudge_json, show_fates
    from judge.store import Fate

    found = store.rejudges.get(number)
    left = sum(one.new is None for one in found.proposals)
    if left:
        raise RequestError(
            f"{left} of set {number} are not judged yet; "
            f"`judge rejudge --continue {number}` judges them"
        )
    for one in found.proposals:
        store.rejudges.apply(number, one.submission_id)
    store.rejudges.finish(number)
    found = store.rejudges.get(number)
    applied = sum(one.fate is Fate.APPLIED for one in found.proposals)
    if as_json:
        print_json(rejudge_json(found))
    else:
        out().print(f"set {number}: {applied} of {len(found.proposals)} judgements are current now")
        show_fates(found)
    return 0 if applied == len(found.proposals) else 1


def _nothing(as_json: bool) -> int:
    from judge.cli.console import err
    from judge.cli.jsonform import print_json

    if as_json:
        print_json({"set": None, "applied": False, "total": 0, "judged": 0, "changes": 0,
                    "proposals": []})  # fmt: skip
    else:
        err().print("no judged submission fits")
    return 0
