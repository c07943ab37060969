"""What is said about pitfalls: once, about each, in a form that a terminal and a page can show."""

import re
from pathlib import Path

import numpy as np
import pytest

from judge.catalog import pitfalls as texts
from judge.catalog.pitfalls import pitfall, pitfalls
from judge.errors import UnknownPitfall
from judge.testing.pitfalls import names

ROOT = Path(__file__).resolve().parents[2]


def test_there_is_a_text_for_each_pitfall_in_the_same_order() -> None:
    assert tuple(pitfalls()) == names()


def test_the_guide_is_the_same_text() -> None:
    guide = (ROOT / "docs" / "pitfalls.md").read_text(encoding="utf-8")

    assert guide == Path(texts.__file__).with_name("pitfalls.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", names())
def test_a_pitfall_has_two_paragraphs_and_code_that_compiles(name: str) -> None:
    found = pitfall(name)
    prose, *code = re.split(r"```python\n(.*?)```", found.text, flags=re.DOTALL)

    assert found.name == name
    assert len(prose.strip().split("\n\n")) == 2
    assert code
    compile(re.sub(r"return\b", "x =", code[0]), name, "exec")


def test_an_unknown_pitfall_is_answered_with_what_may_have_been_meant() -> None:
    with pytest.raises(UnknownPitfall, match="'huge_logit'; did you mean huge_logits"):
        pitfall("huge_logit")
    with pytest.raises(UnknownPitfall, match="`judge pitfall` lists them"):
        pitfall("xyz")


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_the_numbers_in_the_text_are_right() -> None:
    assert np.isfinite(np.exp(709.0))
    assert np.isinf(np.exp(710.0))
    assert np.exp(-745.0) > 0 == np.exp(-746.0)
    assert np.isinf(np.exp(np.float32(89.0)))
    assert 1 - 1e-17 == 1 > 1 - 1e-15
    assert 0 < np.full((10, 3), 0.1).std(axis=0)[0] < 1e-16  # summed row by row
    assert np.argmin([1.0, np.nan]) == 1
    assert str(max([np.nan, 1])) == "nan" != str(max([1, np.nan]))
    with pytest.raises(ValueError, match="ambiguous"):
        bool(np.empty(0))
