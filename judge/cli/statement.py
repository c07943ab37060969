"""A problem's texts: rendered in a terminal, as they were written in a pipe."""

from rich.markdown import Markdown
from rich.syntax import Syntax

from judge.cli.console import out, text
from judge.cli.plain import plain


def show_heading(content: str) -> None:
    """Print the name of what follows."""
    out().print(text(content, style="bold"))


def show_markdown(content: str) -> None:
    """Print a statement."""
    console = out()
    cleaned = plain(content)
    console.print()
    if console.is_terminal:
        console.print(Markdown(cleaned, hyperlinks=False))
    else:
        console.print(text(cleaned), soft_wrap=True)
    console.print()


def show_code(name: str, code: str) -> None:
    """Print a Python file."""
    console = out()
    cleaned = plain(code).rstrip()
    console.print(text(f"{name}:", style="bold"))
    if console.is_terminal:
        console.print(Syntax(cleaned, "python", background_color="default"))
    else:
        console.print(text(cleaned), soft_wrap=True)
    console.print()


def show_line(name: str, content: str) -> None:
    """Print one fact."""
    out().print(text(f"{name}: {content}"))
