"""How many examples, and the bytes and JSON that all fuzz tests begin with."""

import itertools
import os
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# FUZZ_EXAMPLES=5000 pytest tests/fuzz
COUNT = int(os.environ.get("FUZZ_EXAMPLES", "100"))
many = settings(
    max_examples=COUNT,
    deadline=None,
    # A served application, a folder: what all examples of a test may share.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([-1, 0, 1 << 31, 1 << 63, 10**400, float("nan"), float("inf"), -0.0])
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["\ud800", "\0", "é", "x" * 3_000])
)
json_values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner, max_size=2)
    ),
    max_leaves=4,
)
places = st.lists(st.integers(min_value=0), max_size=8)
edits = st.lists(st.tuples(st.integers(min_value=0), st.integers(0, 255)), max_size=6)


def cut(data: bytes, places: list[int]) -> list[bytes]:
    """Cut bytes at some places."""
    edges = [0, *sorted({place % (len(data) + 1) for place in places}), len(data)]
    return [data[a:b] for a, b in itertools.pairwise(edges)]


def edited(data: bytes, edits: list[tuple[int, int]]) -> bytes:
    """Change some bytes, if there are any."""
    changed = bytearray(data)
    for place, byte in edits if data else ():
        changed[place % len(changed)] = byte
    return bytes(changed)


def objects(*known: str, values: st.SearchStrategy[Any] = json_values) -> st.SearchStrategy[Any]:
    """JSON objects with any of the known keys, sometimes with others."""
    keys = st.sampled_from(known) | st.text(max_size=3)
    return st.dictionaries(keys, values, max_size=len(known) + 1)


@contextmanager
def at_most(mib: float) -> Iterator[None]:
    """Fail when the block has more memory allocated at once than that."""
    tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak <= mib * (1 << 20), f"{peak / (1 << 20):.1f} MiB"
