"""Entry points in every way an author may write them."""

import pytest

from judge.catalog.signatures import entry_name, is_class


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("pair_indices", "pair_indices"),
        ("def f(x: int = 3, *rest: int, **more: str) -> tuple[int, int] | None", "f"),
        ("def f(x):", "f"),
        ("def f(x): ...", "f"),
        ("async def f()", "f"),
        (" def f(\n    x: int,\n) -> int ", "f"),
        ("class Cache", "Cache"),
        ("class Cache:", "Cache"),
        ("class Cache(Base)", "Cache"),
        ("class Mask: encode(self, m: ndarray[H,W]) -> list[int]; area(self, runs)", "Mask"),
    ],
)
def test_the_name_is_found(written: str, name: str) -> None:
    assert entry_name(written) == name


@pytest.mark.parametrize(
    "written", ["", "two words", "def f(", "def f(x): return 1\nx = 2", "class", "class A B", "\0"]
)
def test_anything_else_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r"signature|name"):
        entry_name(written)


def test_a_class_is_told_from_a_function() -> None:
    assert is_class("class Cache")
    assert not is_class("classify")
