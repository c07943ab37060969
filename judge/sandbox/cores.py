"""Keeps a thread that judges on one core, to which the processes of its box are bound, too.

Thread, supervisor and subject take turns, hundreds of times in a submission. On one core that is a
switch; another core has to be woken for it each time, which costs more, most of all on a virtual
machine. What works beside them (the warm interpreter, graders, the server) is left where it likes.
"""

import collections
import contextlib
import os
import threading
from collections.abc import Iterator

_choosing = threading.Lock()
_bound: collections.Counter[int] = collections.Counter()  # threads of this process, by core


@contextlib.contextmanager
def on_one_core() -> Iterator[None]:
    """Bind this thread to the core that has the fewest of ours, as long as the block lasts."""
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    if not allowed:  # this system binds no threads
        yield
        return
    with _choosing:
        core = min(_in_order(allowed), key=_bound.__getitem__)
        _bound[core] += 1
    try:
        with contextlib.suppress(OSError):  # it went away just now, or nobody may choose
            os.sched_setaffinity(0, {core})
        yield
    finally:
        with contextlib.suppress(OSError):
            os.sched_setaffinity(0, allowed)
        with _choosing:
            _bound[core] -= 1


def the_only_core() -> int | None:
    """Return the core that this thread is bound to, if it is bound to one."""
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    return next(iter(allowed)) if len(allowed) == 1 else None


def _in_order(cores: set[int]) -> list[int]:
    """Return the cores, beginning elsewhere in another judge of the same machine."""
    begin = os.getpid() % len(cores)
    return [*sorted(cores)[begin:], *sorted(cores)[:begin]]
