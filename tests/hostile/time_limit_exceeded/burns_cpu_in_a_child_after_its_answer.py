import os
import time


def double(n):
    if n == 21 and os.fork() == 0:
        while True:
            pass
    if n == 22:
        while time.process_time() < 0.7:  # with what the child uses, more than there is
            pass
        time.sleep(0.5)
    return 2 * n
