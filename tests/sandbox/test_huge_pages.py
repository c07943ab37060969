"""A large warm interpreter lies on huge pages, or every fork of it copies a table of all pages."""

import ctypes
import mmap

import pytest

from judge.bootstrap import LocalJudge
from judge.model import Limits
from tests.boxes import BoxChannel

pytestmark = pytest.mark.docker

HUGE_PAGE = 2 << 20
MADV_COLLAPSE = 25
LIMITS = Limits(cpu_seconds=2, wall_seconds=4, import_cpu_seconds=2)
SOURCE = """
def shared():
    with open("/proc/self/smaps_rollup") as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith("AnonHugePages:"))
"""


def kernel_gives_huge_pages() -> bool:
    """Try in this process, which no filter keeps from it."""
    with mmap.mmap(-1, 2 * HUGE_PAGE, mmap.MAP_PRIVATE) as memory:
        begin = ctypes.addressof(ctypes.c_char.from_buffer(memory))
        aligned = -(-begin // HUGE_PAGE) * HUGE_PAGE
        ctypes.memset(aligned, 1, HUGE_PAGE)
        size = ctypes.c_size_t(HUGE_PAGE)
        return not ctypes.CDLL(None).madvise(ctypes.c_void_p(aligned), size, MADV_COLLAPSE)


def test_a_process_of_ml_shares_huge_pages(judge: LocalJudge) -> None:
    if not kernel_gives_huge_pages():
        pytest.skip("this kernel collapses no pages")
    judge.image("ml")
    with judge._sandbox().lease("ml", 256) as box:
        channel = BoxChannel(box, LIMITS)
        solution = channel.load(SOURCE, ["shared"])
        shared_kib = solution.shared()
        box.end()

    assert shared_kib > 8 << 10
