"""`judge pitfall`: what a failed test was about."""

import json

import pytest

from tests.cli.conftest import Judge


def test_all_pitfalls_are_listed(judge: Judge) -> None:
    result = judge("pitfall")

    assert result.code == 0
    assert "huge_logits" in result.out
    assert "Unseeded global RNG" in result.out


@pytest.mark.parametrize("name", ["huge_logits", "huge logits", "Huge-Logits"])
def test_a_pitfall_is_explained(judge: Judge, name: str) -> None:
    result = judge("pitfall", name)

    assert result.code == 0
    assert result.out.startswith("Huge logits\n")
    assert "np.logaddexp" in result.out


def test_pitfalls_as_json(judge: Judge) -> None:
    listed = json.loads(judge("pitfall", "--json").out)["pitfalls"]
    one = json.loads(judge("pitfall", "ddof", "--json").out)

    assert one in listed
    assert set(one) == {"name", "title", "text"}


def test_an_unknown_pitfall_is_a_usage_error(judge: Judge) -> None:
    result = judge("pitfall", "leakages")

    assert result.code == 2
    assert result.out == ""
    assert result.err == "error: unknown pitfall 'leakages'; did you mean leakage?\n"
