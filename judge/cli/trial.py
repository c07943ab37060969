"""A trial for people: the solution's output beside the reference's."""

from typing import TYPE_CHECKING

from judge.cli.console import out, text

if TYPE_CHECKING:
    from judge.model import Trial


def show_trial(trial: "Trial") -> None:
    """Print what the solution made of the input, what the reference makes of it, and the cost."""
    console = out()
    if trial.error is None:
        console.print(text(f"output    {trial.output}"))
    else:
        console.print(text(trial.error.rstrip()))
    if trial.expected is not None:
        console.print(text(f"expected  {trial.expected}"))
    if trial.stdout:
        console.print(text("printed:", style="bold"))
        console.print(text(trial.stdout.rstrip("\n")))
    console.print(text(f"{_conclusion(trial)}, {trial.cpu_seconds:.3f} s CPU"))


def _conclusion(trial: "Trial") -> str:
    if trial.error is not None:
        return "no output"
    match trial.matches:
        case True:
            return "as expected"
        case False:
            return "not as expected"
        case None:
            return "no reference to compare with"
