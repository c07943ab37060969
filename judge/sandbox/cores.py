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
_here = threading.local()  # .core: the one that this thread is bound to, by us
_bound: collections.Counter[int] = collections.Counter()  # threads of this process, by core


@contextlib.contextmanager
def on_one_core() -> Iterator[None]:
    """Bind this thread to the core that has the fewest of ours, as long as the block lasts."""
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set()
    if len(allowed) <= 1:  # bound already, by us or by who runs us; or none can be
        yield
        return
    with _choosing:
        core = min(_in_order(allowed), key=_bound.__getitem__)
        _bound[core] += 1
    try:
        with contextlib.suppress(OSError):  # it went away just now, or nobody may choose
            os.sched_setaffinity(0, {core})
            _here.core = core
        yield
    finally:
        _here.core = None
        with contextlib.suppress(OSError):
            os.sched_setaffinity(0, allowed)
        with _choosing:
            _bound[core] -= 1


def the_only_core() -> int | None:
    """Return the core that this thread is bound to by `on_one_core`, if it is."""
    return getattr(_here, "core", None)


def _in_order(cores: set[int]) -> list[int]:
    """Return the cores, most likely beginning elsewhere in another judge of this machine."""
    begin = os.getpid() % len(cores)
    return [*sorted(cores)[begin:], *sorted(cores)[:begin]]
