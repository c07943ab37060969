"""What the processes of tests share with the warm interpreter that forks them.

A fork shares every page until somebody writes to it; then the writer gets a copy, and copying is
most of what a short test costs. CPython writes to an object by merely looking at it: it counts who
does.
"""

import ctypes
import gc
import os
import threading
from typing import Any

HUGE_PAGE = 2 << 20
SMALL_PAGE = 4 << 10
ADDRESSES = 1 << 56  # bytes, and more than any process can have
MADV_COLLAPSE = 25
_libc = ctypes.CDLL(None)


class ForkHooks:
    """What libraries want done at a fork: held back at ours, done at those of a learner.

    At ours they find nothing to mend: there is one thread, no lock is held, and random numbers
    are seeded before it. Done in every process they cost as much as the fork.
    """

    def __init__(self) -> None:
        self._held: list[dict[str, Any]] = []
        self._register = os.register_at_fork

    def hold(self) -> None:
        """Keep what is registered from now on."""
        os.register_at_fork = lambda **hooks: self._held.append(hooks)

    def release(self) -> None:
        """Let whatever is registered from now on be done at any fork."""
        os.register_at_fork = self._register

    def renew(self) -> None:
        """Register, in a process of ours, what was held, and mend what one of them would have."""
        for hooks in self._held:
            os.register_at_fork(**hooks)
        threading.main_thread()._set_native_id()  # type: ignore[attr-defined]  # noqa: SLF001 (there is no public way)


def make_immortal() -> None:
    """Have nobody count references to the containers there are (PEP 683): none will be freed.

    What marks an object is the half of its count that is negative in None. Where there is no such
    mark (before 3.12), nothing changes.
    """
    memory = (ctypes.c_int32 * (ADDRESSES // 4)).from_address(0)
    mark = memory[id(None) // 4]
    if mark < 0:
        for one in gc.get_objects():
            memory[id(one) // 4] = mark


def on_huge_pages() -> None:
    """Have the kernel put large parts of the heap on huge pages: a fork copies fewer entries.

    A process that writes to one copies the 4 KiB it writes to, as ever. Where the kernel will not
    (before 6.1, gVisor), nothing changes.
    """
    with open("/proc/self/maps") as maps:
        ours = [line.split() for line in maps]
    with open("/proc/self/pagemap", "rb") as pagemap:
        for place, rights, _, _, _, *name in ours:
            if rights == "rw-p" and name in ([], ["[heap]"]):
                begin, end = (int(address, 16) for address in place.split("-"))
                first = -(-begin // HUGE_PAGE) * HUGE_PAGE
                for huge in range(first, end - HUGE_PAGE + 1, HUGE_PAGE):
                    if _is_used(pagemap.fileno(), huge):
                        _libc.madvise(
                            ctypes.c_void_p(huge), ctypes.c_size_t(HUGE_PAGE), MADV_COLLAPSE
                        )


def _is_used(pagemap: int, huge: int) -> bool:
    """Whether at least half of it is there already; mincore would tell of files, too."""
    pages = HUGE_PAGE // SMALL_PAGE
    entries = os.pread(pagemap, 8 * pages, huge // SMALL_PAGE * 8)
    return sum(entry >> 7 for entry in entries[7::8]) * 2 >= pages  # the highest of 64 bits
