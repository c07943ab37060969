"""`judge pitfall`: what a failed test was about."""

from typing import TYPE_CHECKING, Annotated

import typer

from judge.cli.options import JsonOption

if TYPE_CHECKING:
    from judge.catalog.pitfalls import Pitfall

NameArgument = Annotated[
    str | None, typer.Argument(metavar="NAME", help="The pitfall; all are listed when left out.")
]


def pitfall(name: NameArgument = None, as_json: JsonOption = False) -> None:
    """Explain a pitfall that a test was about, or list them all."""
    if name is None:
        _list(as_json)
    else:
        _explain(name, as_json)


def _list(as_json: bool) -> None:
    from judge.catalog import pitfalls
    from judge.cli.console import out, table, text
    from judge.cli.jsonform import print_json

    found = pitfalls.pitfalls().values()
    if as_json:
        print_json({"pitfalls": [_said(one) for one in found]})
        return
    rows = table("Pitfall", "Title")
    for one in found:
        rows.add_row(text(one.name), text(one.title))
    out().print(rows)


def _explain(name: str, as_json: bool) -> None:
    from judge.catalog import pitfalls
    from judge.cli.jsonform import print_json
    from judge.cli.statement import show_heading, show_markdown

    # As it is spoken, too: "huge logits", "NaN policy".
    found = pitfalls.pitfall(name.strip().lower().replace(" ", "_").replace("-", "_"))
    if as_json:
        print_json(_said(found))
        return
    show_heading(found.title)
    show_markdown(found.text)


def _said(one: "Pitfall") -> dict[str, str]:
    return {"name": one.name, "title": one.title, "text": one.text}
