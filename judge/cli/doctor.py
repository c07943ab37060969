"""`judge doctor`: whether this machine can judge, and what to do where it cannot."""

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from judge.cli.options import JsonOption
from judge.settings import Settings

_STYLES = {"ok": "green", "warning": "yellow"}

if TYPE_CHECKING:
    from collections.abc import Iterable

    from judge.doctor import Check


def doctor(context: typer.Context, as_json: JsonOption = False) -> None:
    """Say what is missing on this machine, what that costs and how to mend it.

    Exit code: 0 judging works, 1 something it needs is missing.
    """
    from judge.cli.jsonform import print_json

    checks = context.obj.parts.checks(Settings.from_environment())
    if as_json:
        found = list(checks)
        print_json({"ok": all(one.ok for one in found), "checks": [asdict(one) for one in found]})
    else:
        found = list(_shown(checks))
    raise typer.Exit(0 if all(one.ok for one in found) else 1)


def _shown(checks: "Iterable[Check]") -> "Iterable[Check]":
    from judge.cli.console import out, text

    console = out()
    for one in checks:
        mark = text(f"{one.ok.value:<8}", style=_STYLES.get(one.ok.value, "bold red"))
        console.print(mark.append_text(text(f" {one.name}: {one.finding}")))
        for name, said in (("costs", one.cost), ("cure", one.cure)):
            if said is not None:
                console.print(text(f"{'':9}{name + ':':<7}{said}"))
        yield one
