import fcntl
import os
import signal
import socket
import time


def double(n):
    if n == 20:
        assert os.listdir("/tmp") == []
    if n == 21:
        socket.socket(socket.AF_UNIX).bind("/tmp/socket")
        lease = os.open("/tmp/lease", os.O_CREAT | os.O_RDONLY)
        fcntl.fcntl(lease, fcntl.F_SETLEASE, fcntl.F_WRLCK)
        if os.fork() == 0:
            signal.signal(signal.SIGIO, signal.SIG_IGN)
            time.sleep(60)
    return 2 * n
