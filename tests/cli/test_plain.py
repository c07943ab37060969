"""Whatever a program prints, a terminal shows it as text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judge.cli.plain import plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ordinary\n\ttext ü 数 🙂", "ordinary\n\ttext ü 数 🙂"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[2J\x1b[Hgone", "gone"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]52;c;never closed", ""),
        ("\x1bPdevice\x1b\\x", "x"),
        ("\x1bcreset", "reset"),
        ("\x9b31mred", "red"),
        ("lone \x1b", "lone "),
        ("over\rwritten\r\nline", "over\nwritten\nline"),
        ("bell\a back\b null\0 del\x7f", "bell back null del"),
        ("if \u202eadmin\u2066 x\u200b", "if admin x"),
        ("\ud800 alone", "\ufffd alone"),
        ("a\u2028b\u2029c", "a\nb\nc"),
        ("[bold]markup[/bold]", "[bold]markup[/bold]"),
    ],
)
def test_only_text_is_left(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text())
def test_nothing_that_steers_survives(text: str) -> None:
    left = plain(text)

    assert {unicodedata.category(one) for one in left if one not in "\n\t"}.isdisjoint(
        {"Cc", "Cf", "Cs", "Zl", "Zp"}
    )
    left.encode()


@given(st.text(alphabet="\x1b\x9b[]P;0m\\\x07ab\r\n"))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert plain(plain(text)) == plain(text)
