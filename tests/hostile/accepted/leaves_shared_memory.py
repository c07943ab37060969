import multiprocessing.shared_memory as shared
import os
from multiprocessing import resource_tracker

resource_tracker.register = lambda *_: None  # or it would be tidied up by a child


def double(n):
    if n == 20:
        assert os.listdir("/dev/shm") == []
    if n == 21:
        memory = shared.SharedMemory("left", create=True, size=4096)
        memory.buf[:6] = b"secret"
        assert os.listdir("/dev/shm") == ["left"]
    return 2 * n
