"""Waiting for what another thread or process does, as briefly as it takes."""

import time
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")


def eventually(ask: Callable[[], Value], seconds: float = 10.0) -> Value:
    """Ask until the answer is true, and return it."""
    until = time.monotonic() + seconds
    while not (answer := ask()):
        assert time.monotonic() < until, f"still {answer!r} after {seconds} s"
        time.sleep(0.005)
    return answer
