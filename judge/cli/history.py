"""`judge status` and `judge history`: what a server knows of earlier submissions."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from judge.cli.options import JsonOption, ServerOption
from judge.errors import RequestError

if TYPE_CHECKING:
    from judge import wire
    from judge.model import Verdict


def status(
    context: typer.Context,
    submission: Annotated[
        int | None, typer.Argument(metavar="[ID]", min=1, help="A submission.")
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="All judgements it has had, the newest first.")
    ] = False,
    server: ServerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show how the judge is, or what became of a submission.

    Exit code: 0 ready (or accepted), 1 not accepted or not judged yet, 2 not ready or unknown,
    3 the judge failed.
    """
    from judge.cli.place import server_of
    from judge.client import connect

    if every and submission is None:
        raise RequestError("--all takes the number of a submission")
    there = server_of(context.obj.parts, server)
    with connect(there.url, there.token) as client:
        if submission is not None and every:
            code = _show_rounds(client.judgements(submission), as_json)
        elif submission is None:
            code = _show_readiness(there.url, client.readiness(), as_json)
        else:
            code = _show_submission(client.submission(submission), as_json)
    raise typer.Exit(code)


def history(
    context: typer.Context,
    problem: Annotated[
        str | None, typer.Option("--problem", metavar="SLUG", help="Of this problem only.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many.")] = 20,
    before: Annotated[
        int | None, typer.Option(metavar="ID", min=1, max=10**18 - 1, help="Older than this one.")
    ] = None,
    server: ServerOption = None,
    as_json: JsonOption = False,
) -> None:
    """List your submissions, newest first."""
    from judge.cli.console import out, table, text
    from judge.cli.jsonform import print_json
    from judge.cli.place import server_of
    from judge.cli.verdicts import verdict_text
    from judge.client import connect

    there = server_of(context.obj.parts, server)
    with connect(there.url, there.token) as client:
        page = client.submissions(problem=problem, limit=limit, cursor=before)
    if as_json:
        print_json(page.model_dump(mode="json"))
        return
    rows = table("ID", "Problem", "When", "Verdict", "Points", "CPU")
    for one in page.submissions:
        verdict = text(one.state) if one.verdict is None else verdict_text(one.verdict)
        points = "" if one.points is None else f"{one.points} of {one.max_points}"
        cpu = "" if one.cpu_seconds is None else f"{one.cpu_seconds:.2f} s"
        rows.add_row(str(one.id), text(one.problem), _local(one.created_at), verdict, points, cpu)
    out().print(rows if page.submissions else "no submissions yet")
    if page.next is not None:
        out().print(f"older ones: judge history --before {page.next}")


def _show_readiness(url: str, readiness: "wire.Readiness", as_json: bool) -> int:
    from judge.cli.jsonform import print_json

    if as_json:
        print_json(readiness.model_dump(mode="json"))
    else:
        state = "ready" if readiness.ready else "not ready: " + "; ".join(readiness.reasons)
        typer.echo(f"{url}: {state}; {readiness.queued} queued, {readiness.judging} being judged")
    return 0 if readiness.ready else 2


def _show_submission(submission: "wire.Submission", as_json: bool) -> int:
    from judge.cli.console import out, text
    from judge.cli.jsonform import print_json
    from judge.cli.judgement import show_judgement

    verdict = None if submission.judgement is None else submission.judgement.verdict
    if as_json:
        print_json(submission.model_dump(mode="json"))
    elif submission.judgement is not None:
        show_judgement(out(), submission.judgement.judgement())
    else:
        place = "" if submission.position is None else f", {submission.position} before it"
        why = "" if submission.reason is None else f": {submission.reason}"
        out().print(text(f"{submission.problem}: {submission.state}{place}{why}"))
    return _code(verdict)


def _show_rounds(found: "wire.RoundList", as_json: bool) -> int:
    from judge.cli.console import out, table, text
    from judge.cli.jsonform import print_json
    from judge.cli.verdicts import verdict_text

    current = next((one.judgement.verdict for one in found.rounds if one.current), None)
    if as_json:
        print_json(found.model_dump(mode="json"))
        return _code(current)
    rows = table("Round", "When", "Verdict", "Points", "Problem version", "")
    for one in found.rounds:
        judged = one.judgement
        rows.add_row(
            str(one.number),
            _local(one.created_at),
            verdict_text(judged.verdict),
            f"{judged.points} of {judged.max_points}",
            text(judged.problem_version[:12]),
            "current" if one.current else "",
        )
    out().print(rows if found.rounds else "not judged yet")
    return _code(current)


def _code(verdict: "Verdict | None") -> int:
    from judge.cli.submit import verdict_exit_code

    return 1 if verdict is None else verdict_exit_code(verdict)


def _local(moment: datetime) -> str:
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")
