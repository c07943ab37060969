import functools
import weakref
from dataclasses import dataclass


@dataclass(frozen=True)
class Pair:
    first: int
    second: int


@functools.cache
def pair(n):
    return Pair(n, n)


def double(n):
    seen = weakref.ref(pair(n))
    assert seen() is pair(n)
    return seen().first + seen().second
