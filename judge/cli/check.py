"""`judge problem check`: validate packages, judge what is in them, say what is wrong with them."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from judge.cli.options import JsonOption, ProblemsOption, catalog_of, named_problem, settings_of
from judge.errors import JudgeError, ProblemError, RequestError

if TYPE_CHECKING:
    from judge.catalog import Catalog, Problem
    from judge.cli.parts import Judge
    from judge.judging.bench import Cache
    from judge.judging.check import CheckReport
    from judge.settings import Settings

SlugsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[SLUG]...", help="Problems, by name or as paths of their folders."),
]
ReferencesOption = Annotated[
    bool, typer.Option("--references", help="Judge the reference of each problem and no more.")
]
FreshOption = Annotated[
    bool, typer.Option("--fresh", help="Judge everything, also what was judged before.")
]
WatchOption = Annotated[
    bool, typer.Option("--watch", help="Check again whenever a file changes, until Ctrl-C.")
]


def check(
    context: typer.Context,
    slugs: SlugsArgument = None,
    every: Annotated[bool, typer.Option("--all", help="Check every problem there is.")] = False,
    references: ReferencesOption = False,
    fresh: FreshOption = False,
    watch: WatchOption = False,
    problems: ProblemsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Judge every labelled submission and compare with the verdict its folder promises.

    Prints which submission fails which test. Judges also solutions that solve nothing, and the
    reference twice. What was judged before, with everything it depends on, is not judged again.
    Exit code: 0 nothing is wrong, 1 something is wrong with a package, 2 nothing could be checked.
    With --watch: 0 after Ctrl-C.
    """
    catalog, settings = catalog_of(problems), settings_of(problems)
    names = _wanted(catalog, slugs or [], every=every)
    with contextlib.ExitStack() as stack:
        opened = _Opened(
            lambda profiles: stack.enter_context(context.obj.parts.open_judge(settings, profiles)),
            settings,
            fresh=fresh,
        )
        checking = _Checking(catalog, opened, references=references, as_json=as_json)
        if not watch:
            raise typer.Exit(0 if checking.all_is_well(names) else 1)
        _watch(
            checking, lambda: _wanted(catalog, slugs or [], every=every), _folders(catalog, names)
        )


def _wanted(catalog: "Catalog", slugs: Sequence[str], *, every: bool) -> list[str]:
    if every and slugs:
        raise RequestError("give either names of problems or --all")
    if not every and not slugs:
        raise RequestError("which problems? Give their names, or --all")
    names = catalog.slugs() if every else list(slugs)
    if not names:
        raise RequestError("there are no problems; name a folder with --problems DIR")
    return names


def _watch(
    checking: "_Checking", names: Callable[[], Sequence[str]], folders: Sequence[Path]
) -> None:
    from judge.cli.console import err, text
    from judge.cli.watching import rounds

    with contextlib.suppress(KeyboardInterrupt):
        for _ in rounds(folders):
            try:
                checking.all_is_well(names())
            except JudgeError as error:  # a package that is gone may come back
                err().print(text(f"error: {error}", style="red"))
            err().print(text("waiting for a file to change; Ctrl-C ends"))


def _folders(catalog: "Catalog", names: Sequence[str]) -> list[Path]:
    known = catalog.folders()
    return [known[name] if name in known else Path(name) for name in names]


@dataclass
class _Opened:
    """A judge that is opened when something is to be judged, and its cache."""

    open_judge: "Callable[[Sequence[str]], Judge]"
    settings: "Settings"
    fresh: bool
    judge: "Judge | None" = None

    def __call__(self, profiles: Sequence[str]) -> "tuple[Judge, Cache]":
        from judge.bootstrap.kept import kept_judgements

        if self.judge is None:
            self.judge = self.open_judge(profiles)
        return self.judge, kept_judgements(self.settings, self.judge.identity, fresh=self.fresh)


@dataclass(frozen=True)
class _Checking:
    """How problems are checked, and shown."""

    catalog: "Catalog"
    opened: _Opened
    references: bool
    as_json: bool

    def all_is_well(self, names: Sequence[str]) -> bool:
        """Check problems, show what comes of it, and return whether nothing is wrong."""
        found, reports = self._load(names)
        for malformed in reports:
            self._show(malformed)
        for report in self._reports(found):
            self._show(report)
            reports.append(report)
        if self.as_json:
            from judge.cli.jsonform import check_json, print_json

            print_json({"problems": [check_json(report) for report in reports]})
        return all(report.ok for report in reports)

    def _load(self, names: Sequence[str]) -> "tuple[list[Problem], list[CheckReport]]":
        from judge.judging.check import CheckReport

        found, malformed = [], []
        for name in names:
            try:
                found.append(named_problem(self.catalog, name))
            except ProblemError as error:
                malformed.append(CheckReport(name, complaints=(str(error),)))
        return found, malformed

    def _reports(self, found: "Sequence[Problem]") -> "Iterator[CheckReport]":
        from judge.cli.progress import counting
        from judge.judging.check import check_problem, steps_of

        if not found:
            return
        judge, cache = self.opened(sorted({problem.profile for problem in found}))
        chosen = self.references
        for problem in found:
            total = steps_of(problem, references_only=chosen)
            with counting(problem.slug, total, quiet=self.as_json) as on_step:
                report = check_problem(judge, problem, on_step, references_only=chosen, cache=cache)
            twins = tuple(self._twins(problem))
            yield replace(report, complaints=(*twins, *report.complaints))

    def _twins(self, problem: "Problem") -> Iterator[str]:
        for folder in self.catalog.namesakes(problem):
            yield (
                f"{problem.folder} and {folder} have one uuid, {problem.uuid}: give the newer one "
                "another in its problem.toml, or none"
            )

    def _show(self, report: "CheckReport") -> None:
        from judge.cli.console import out
        from judge.cli.matrix import show_matrix, show_references

        if not self.as_json:
            (show_references if self.references else show_matrix)(out(), report)
