"""`judge image build` and `judge image list`: what submissions run in."""

from typing import Annotated

import typer

from judge.errors import ImageMissing, ImageOutdated

ProfilesArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[PROFILE]...", help="Which sets of libraries; all when left out."),
]


def build(
    context: typer.Context,
    profiles: ProfilesArgument = None,
    force: Annotated[
        bool, typer.Option("--force", help="Build anew, the base and its updates included.")
    ] = False,
) -> None:
    """Build the images that are missing or were built by another version."""
    from judge.images import PROFILES

    for profile in profiles or PROFILES:
        image = context.obj.parts.build_image(profile, _report, force=force)
        typer.echo(f"{profile}: {image.tag} {image.digest}, base {image.base}")


def list_images(context: typer.Context) -> None:
    """List the images with their libraries, and which ones are missing.

    Exit code: 0 all there, 2 one is missing or outdated.
    """
    from judge.images import PROFILES

    complete = True
    for profile in PROFILES:
        try:
            image = context.obj.parts.find_image(profile)
        except (ImageMissing, ImageOutdated) as error:
            typer.echo(f"{profile}: {error}")
            complete = False
        else:
            libraries = ", ".join(f"{name} {version}" for name, version in image.libraries.items())
            typer.echo(f"{profile}: {image.tag} {image.digest}, base {image.base}")
            typer.echo(f"  Python {image.python}: {libraries}")
    raise typer.Exit(0 if complete else 2)


def _report(line: str) -> None:
    typer.echo(line, err=True)
