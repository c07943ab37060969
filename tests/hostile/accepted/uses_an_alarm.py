import signal
import time


class Late(Exception):
    pass


def late(*_):
    raise Late


def double(n):
    signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    try:
        time.sleep(5)
    except Late:
        return 2 * n
