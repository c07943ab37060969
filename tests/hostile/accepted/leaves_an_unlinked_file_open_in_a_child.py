import os
import time


def double(n):
    if n == 20:
        place = os.statvfs("/tmp")
        assert place.f_bfree == place.f_blocks, place
    if n == 21:
        with open("/tmp/left", "wb") as file:
            file.write(b"x" * (8 << 20))
            os.unlink("/tmp/left")
            file.flush()
            if os.fork() == 0:
                time.sleep(60)
    return 2 * n
