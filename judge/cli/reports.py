"""Reports of verdicts: `judge report` for learners, `judge problem reports` and `adopt`."""

from typing import TYPE_CHECKING, Annotated

import typer

from judge.cli.options import JsonOption, ProblemsOption, ServerOption, catalog_of, settings_of
from judge.errors import RequestError
from judge.model import Verdict

if TYPE_CHECKING:
    from judge.store import Reported
    from judge.wire import NewReport

EXCERPT_LINES = 12
IdArgument = Annotated[int, typer.Argument(metavar="ID", min=1, help="A submission.")]


def report(
    context: typer.Context,
    submission: IdArgument,
    why: Annotated[
        str | None,
        typer.Argument(metavar="[TEXT]", help="What is wrong; without it the report is shown."),
    ] = None,
    server: ServerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Report the verdict of your submission to the author of the problem.

    The author gets to read what you say and your source. A second report takes the place of the
    first. Exit code: 0 reported, 2 it cannot be.
    """
    from judge.cli.console import out, text
    from judge.cli.jsonform import print_json
    from judge.cli.place import server_of
    from judge.client import connect

    there = server_of(context.obj.parts, server)
    with connect(there.url, there.token) as client:
        found = (
            client.get_report(submission)
            if why is None
            else client.report(submission, _new_report(why))
        )
    if as_json:
        print_json(found.model_dump(mode="json"))
        return
    state = "the author has dealt with it" if found.closed_at else "the author will look at it"
    out().print(text(f"{found.verdict} of submission {submission} is reported; {state}"))
    if why is None:
        out().print(text(found.text))


def _new_report(why: str) -> "NewReport":
    from judge.wire.reports import MAX_TEXT, NewReport

    if not why.strip() or len(why) > MAX_TEXT:
        raise RequestError(
            f"a report says what is wrong in 1 to {MAX_TEXT} characters; this one has {len(why)}"
        )
    return NewReport(text=why)


def reports(
    slug: Annotated[
        str | None, typer.Argument(metavar="[SLUG]", help="Of this problem only.")
    ] = None,
    close: Annotated[
        int | None,
        typer.Option("--close", metavar="ID", help="Note that the report of ID is dealt with."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the verdicts that learners reported and nobody has dealt with.

    Each with what the learner says, the verdict and the beginning of the source (with --json all
    of it). Reads the data directory. Exit code: 0 done, 2 it cannot be.
    """
    from judge.cli.jsonform import print_json
    from judge.cli.memory import open_memory

    if close is not None and slug is not None:
        raise RequestError("--close takes the number of a submission and nothing else")
    with open_memory(settings_of(None)) as store:
        if close is not None:
            store.reports.close(close)
        found = [] if close is not None else store.reports.open_ones(slug)
    if slug is not None and not found:
        catalog_of(None).get(slug)  # a name that is misspelt has none, either
    if as_json:
        print_json({"closed": close, "reports": [_json(one) for one in found]})
    elif close is not None:
        typer.echo(f"the report of submission {close} is closed")
    else:
        _show(found)


def adopt(
    submission: IdArgument,
    verdict: Annotated[
        Verdict,
        typer.Argument(case_sensitive=False, help="The verdict that it ought to get."),
    ],
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Of the file; reported_ID when left out.")
    ] = None,
    problems: ProblemsOption = None,
) -> None:
    """Make a reported submission a labelled one of its package, and close the report.

    Writes submissions/<verdict folder>/NAME.py; the learner is not named. Exit code: 0 written,
    2 it cannot be.
    """
    from judge.catalog import write_labelled
    from judge.cli.memory import open_memory

    with open_memory(settings_of(problems)) as store:
        found = store.reports.reported(submission)
        folder = catalog_of(problems).get(found.problem).folder
        version = found.judgement.problem_version[:12]
        note = (
            f"Adopted from submission {submission}, which was judged {found.report.verdict} "
            f"by version {version} and reported."
        )
        path = write_labelled(folder, verdict, name or f"reported_{submission}", found.source, note)
        store.reports.close(submission)
    typer.echo(f"{path}: written, and the report is closed")
    typer.echo(f"`judge problem check {found.problem}` says whether it gets {verdict}")


def _json(one: "Reported") -> dict[str, object]:
    from judge import wire

    said = wire.Report.model_validate(one.report, from_attributes=True).model_dump(mode="json")
    judgement = wire.Judgement.of(one.judgement).model_dump(mode="json")
    return {"problem": one.problem, **said, "source": one.source, "judgement": judgement}


def _show(found: "list[Reported]") -> None:
    from judge.cli.console import out, text
    from judge.cli.statement import show_code

    for one in found:
        judgement = one.judgement
        points = f"{judgement.points} of {judgement.max_points} points"
        title = (
            f"submission {one.report.submission_id}, {one.problem}: {judgement.verdict}, {points}"
        )
        out().print(text(title, style="bold"))
        out().print(text(one.report.text))
        lines = one.source.splitlines()
        more = (
            "" if len(lines) <= EXCERPT_LINES else f", first {EXCERPT_LINES} of {len(lines)} lines"
        )
        show_code(f"source{more}", "\n".join(lines[:EXCERPT_LINES]))
    if found:
        out().print(
            "`judge problem adopt ID VERDICT` makes one a labelled submission, "
            "`judge problem reports --close ID` closes it"
        )
    else:
        out().print("no open reports")
