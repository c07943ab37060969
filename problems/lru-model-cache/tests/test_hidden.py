"""Hidden tests: the log of loads tells what was cached, so no test looks inside the cache."""

import numpy as np
import pytest
from hypothesis import given, settings
from inputs import strategy
from loaders import Warehouse

from judge.testing import expose

group, points, hint = pytest.mark.group, pytest.mark.points, pytest.mark.hint


@group("hits")
@points(4)
@hint("A model is loaded once, with its own name, and found afterwards.")
def test_loads_once(solution):
    store = Warehouse(a=3, b=4)
    cache = solution.ModelCache(10)

    assert store.get_all(cache, "abab") == [
        "a from load 1", "b from load 2", "a from load 1", "b from load 2",
    ]  # fmt: skip
    assert store.log == ["a", "b"]


@group("hits")
@points(4)
@hint("Any object can be a model. Whether a name is cached does not depend on the model's truth.")
def test_falsy_model_is_cached(solution):
    models = {"none": None, "text": "", "zero": 0, "list": []}
    loads = []

    def load(name):
        loads.append(name)
        return models[name], 1

    cache = solution.ModelCache(4)
    for name in [*models, *models]:
        assert cache.get(name, expose(load)) == models[name]

    assert loads == list(models)


@group("hits")
@points(4)
@hint("stats() has the five keys of the statement, from the first moment on.")
def test_statistics(solution):
    store = Warehouse(a=3, b=4)
    cache = solution.ModelCache(10)

    assert cache.stats() == {"hits": 0, "misses": 0, "evictions": 0, "models": 0, "used_mb": 0}
    store.get_all(cache, "aaba")
    assert cache.stats() == {"hits": 2, "misses": 2, "evictions": 0, "models": 2, "used_mb": 7}


@group("hits")
@points(4)
@hint("Two caches share nothing.")
def test_two_caches(solution):
    store = Warehouse(a=3)
    one, other = solution.ModelCache(10), solution.ModelCache(10)

    store.get_all(one, "a")
    store.get_all(other, "a")

    assert store.log == ["a", "a"]
    assert one.stats()["misses"] == other.stats()["misses"] == 1


@group("recency")
@points(8)
@hint("A hit is a use: it makes the model the most recently used one.")
def test_hit_refreshes(solution):
    store = Warehouse(a=1, b=1, c=1, d=1)
    cache = solution.ModelCache(3)

    store.get_all(cache, "abcad")  # b is the oldest when d comes

    assert store.loads_for(cache, "acdb") == ["b"]


@group("recency")
@points(7)
@hint("A model that was evicted and comes back is a new arrival.")
def test_reloaded_model_is_young(solution):
    store = Warehouse(a=1, b=1, c=1)
    cache = solution.ModelCache(2)

    store.get_all(cache, "abcac")  # a goes, then b; a and c stay

    assert store.loads_for(cache, "ac") == []


@group("sizes")
@points(4)
@hint("A model can be larger than the capacity: serve it, cache nothing, evict nothing.")
def test_oversize_model_is_served(solution):
    store = Warehouse(a=2, b=2, huge=6)
    cache = solution.ModelCache(5)
    store.get_all(cache, "ab")

    assert store.get_all(cache, ["huge", "huge"]) == ["huge from load 3", "huge from load 4"]
    assert cache.stats() == {"hits": 0, "misses": 4, "evictions": 0, "models": 2, "used_mb": 4}


@group("sizes")
@points(4)
@hint("A capacity of 0 is allowed: everything is served, nothing is cached.")
def test_no_capacity(solution):
    store = Warehouse(a=1)
    cache = solution.ModelCache(0)

    assert store.get_all(cache, "aa") == ["a from load 1", "a from load 2"]
    assert cache.stats() == {"hits": 0, "misses": 2, "evictions": 0, "models": 0, "used_mb": 0}


@group("sizes")
@points(4)
@hint("The capacity is a sum of sizes, and it may be used to the last megabyte.")
def test_large_model_costs_several_small_ones(solution):
    store = Warehouse(a=1, b=2, c=3, d=4, e=4)
    cache = solution.ModelCache(10)

    store.get_all(cache, "abcd")
    assert cache.stats()["used_mb"] == 10
    store.get_all(cache, "e")  # a, b and c go: 1 + 2 would not be enough

    assert store.loads_for(cache, "de") == []
    assert cache.stats() == {"hits": 2, "misses": 5, "evictions": 3, "models": 2, "used_mb": 8}


@group("sizes")
@points(4)
@hint("A model that is loaded again may have another size.")
def test_size_can_change(solution):
    store = Warehouse(a=2, b=9)
    cache = solution.ModelCache(10)

    store.get_all(cache, "ab")
    assert cache.stats()["used_mb"] == 9
    store.sizes["a"] = 5
    store.get_all(cache, "a")

    assert cache.stats() == {"hits": 0, "misses": 3, "evictions": 2, "models": 1, "used_mb": 5}


@group("failures")
@points(7)
@hint("A failed load goes through to the caller; the model is simply not there.")
def test_failed_load_is_not_cached(solution):
    store = Warehouse(b=1)
    cache = solution.ModelCache(4)

    with pytest.raises(OSError, match="no weights"):
        store.get_all(cache, "a")
    with pytest.raises(KeyError):
        cache.pin("a")
    assert cache.stats() == {"hits": 0, "misses": 1, "evictions": 0, "models": 0, "used_mb": 0}

    store.sizes["a"] = 2
    assert store.get_all(cache, "a") == ["a from load 2"]


@group("failures")
@points(8)
@hint("A failed load leaves the models, their order and the room as they were.")
def test_failed_load_evicts_nothing(solution):
    store = Warehouse(a=2, b=2, c=2)
    cache = solution.ModelCache(4)
    store.get_all(cache, "ab")

    with pytest.raises(OSError, match="no weights"):
        store.get_all(cache, "x")
    assert cache.stats() == {"hits": 0, "misses": 3, "evictions": 0, "models": 2, "used_mb": 4}

    store.get_all(cache, "c")  # a is still the oldest

    assert store.loads_for(cache, "b") == []


@group("pins")
@points(4)
@hint("A pinned model stays, whatever comes.")
def test_pinned_model_stays(solution):
    store = Warehouse(a=1, b=1, c=1, d=1)
    cache = solution.ModelCache(2)

    store.get_all(cache, "a")
    cache.pin("a")
    store.get_all(cache, "bcd")

    assert store.loads_for(cache, "ad") == []


@group("pins")
@points(4)
@hint("Where pinned models leave too little room, serve uncached and evict nothing in vain.")
def test_no_room_beside_the_pins(solution):
    store = Warehouse(a=3, b=2, c=3)
    cache = solution.ModelCache(5)
    store.get_all(cache, "ab")
    cache.pin("a")

    store.get_all(cache, "cc")
    assert cache.stats() == {"hits": 0, "misses": 4, "evictions": 0, "models": 2, "used_mb": 5}

    cache.pin("b")
    store.get_all(cache, "c")
    assert cache.stats() == {"hits": 0, "misses": 5, "evictions": 0, "models": 2, "used_mb": 5}


@group("pins")
@points(2)
@hint("Unpinning allows eviction again and counts as a use.")
def test_unpinned_model_is_young(solution):
    store = Warehouse(a=1, b=1, c=1, d=1)
    cache = solution.ModelCache(2)

    store.get_all(cache, "a")
    cache.pin("a")
    store.get_all(cache, "b")
    cache.unpin("a")
    store.get_all(cache, "c")  # b goes, not a

    assert store.loads_for(cache, "a") == []

    assert store.loads_for(cache, "cda") == ["d", "a"]  # a goes when d comes


@group("pins")
@points(2)
@hint("A model that was unpinned is one like any other: it grows old, is used, is pinned again.")
def test_pinned_again(solution):
    store = Warehouse(a=1, b=1, c=1, d=1)
    cache = solution.ModelCache(2)
    store.get_all(cache, "a")
    cache.pin("a")
    cache.unpin("a")

    store.get_all(cache, "bac")  # b goes: a was used after it
    assert store.loads_for(cache, "a") == []

    cache.pin("a")
    store.get_all(cache, "bcd")
    assert store.loads_for(cache, "a") == []


@group("pins")
@points(4)
@hint("Pins are not counted, needless calls change nothing, unknown names raise KeyError.")
def test_needless_and_impossible_pins(solution):
    store = Warehouse(a=1, b=1, c=1, d=1)
    cache = solution.ModelCache(2)

    store.get_all(cache, "ab")
    cache.unpin("a")  # was never pinned: a stays the oldest
    cache.pin("b")
    cache.pin("b")
    cache.unpin("b")
    store.get_all(cache, "cd")  # a goes, then b, which is not pinned any more

    assert store.loads_for(cache, "cd") == []
    with pytest.raises(KeyError):
        cache.pin("a")
    with pytest.raises(KeyError):
        cache.unpin("b")
    assert cache.stats() == {"hits": 2, "misses": 4, "evictions": 2, "models": 2, "used_mb": 2}


@group("random")
@points(10)
@hint("Compared with a reference solution on random scripts.")
@settings(max_examples=100)
@given(case=strategy())
def test_agrees_with_the_reference(solution, reference, case):
    capacity_mb, script = case
    played = solution.prelude.play(solution.ModelCache, capacity_mb, script)

    assert played == reference.prelude.play(reference.ModelCache, capacity_mb, script)


@group("long", after="recency")
@points(6)
@hint("A million calls, most of them hits: a hit must not search for its model's place.")
def test_million_gets(solution):
    rng = np.random.default_rng(11)
    names = np.concatenate([np.arange(5_000), rng.integers(0, 5_000, 995_000)])
    sizes = np.full(5_000, 2)

    result = solution.prelude.replay(solution.ModelCache, 10_000, names, sizes)

    assert result["wrong"] == 0
    assert result["stats"] == {
        "hits": 995_000, "misses": 5_000, "evictions": 0, "models": 5_000, "used_mb": 10_000,
    }  # fmt: skip


@group("long", after="recency")
@points(6)
@hint("Many evictions beside thousands of pinned models: finding the oldest must not search.")
def test_many_evictions_beside_many_pins(solution, reference):
    rng = np.random.default_rng(12)
    names = np.concatenate([np.arange(10_000), rng.integers(0, 20_000, 250_000)])
    sizes = rng.integers(1, 20, 20_000)
    arguments = (80_000, names, sizes, 5_000)

    result = solution.prelude.replay(solution.ModelCache, *arguments)

    assert result == reference.prelude.replay(reference.ModelCache, *arguments)
