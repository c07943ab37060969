"""What outlives a process in a box: files where it may write, and System V objects."""

import os

PLACES = ("/tmp", "/dev/shm", "/dev/mqueue")  # all that is writable in a box
SYSTEM_V = {"shm": "shmid", "msg": "msqid", "sem": "semid"}


def files() -> bool:
    """Whether there is anything in a place that can be written to."""
    return any(os.listdir(place) for place in PLACES if os.path.isdir(place))


def system_v() -> bool:
    """Whether there is any System V object, whoever's it is; True when nobody can tell."""
    return any(_rows(kind) for kind in SYSTEM_V)


def _rows(kind: str) -> bool:
    try:
        with open(f"/proc/sysvipc/{kind}") as table:
            return len(table.readlines()) > 1
    except OSError:
        return True
