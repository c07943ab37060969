"""Sample tests: the loader is a function of the test, models are strings."""

import pytest

from judge.testing import expose


def load(name):
    """Every model in the samples has 4 MB."""
    return f"the model {name}", 4


def test_second_get_does_not_load(solution):
    loaded = []

    def noting(name):
        loaded.append(name)
        return load(name)

    cache = solution.ModelCache(10)

    assert cache.get("bert", expose(noting)) == "the model bert"
    assert cache.get("bert", expose(noting)) == "the model bert"
    assert loaded == ["bert"]


def test_oldest_model_makes_room(solution):
    cache = solution.ModelCache(10)
    for name in ["a", "b", "c", "a"]:
        cache.get(name, expose(load))

    assert cache.stats() == {"hits": 0, "misses": 4, "evictions": 2, "models": 2, "used_mb": 8}


def test_pin_needs_a_cached_model(solution):
    cache = solution.ModelCache(10)

    with pytest.raises(KeyError):
        cache.pin("bert")


def test_script_of_the_driver(solution):
    script = [("get", "a", 6), ("get", "a", 6), ("get", "b", 3), ("get", "c", 5), ("pin", "a")]

    outcomes, stats = solution.prelude.play(solution.ModelCache, 10, script)

    assert outcomes == ["a#1 loaded", "a#1 cached", "b#2 loaded", "c#3 loaded", "KeyError"]
    assert stats == {"hits": 1, "misses": 3, "evictions": 1, "models": 2, "used_mb": 8}
