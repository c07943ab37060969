"""Leaves nothing of a uid behind: its processes, its files, its System V objects.

Runs under that uid itself, so no trick with links can make it touch anything else.
"""

import contextlib
import ctypes
import os
import secrets
import signal
import time

from traces import PLACES, SYSTEM_V

PATIENCE_SECONDS = 3.0
_IPC_RMID = 0


def clean(uid: int) -> int:
    """Kill and delete; return 0 when nothing is left, as an exit code."""
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    if not _kill_all(uid):
        return 1
    for place in filter(os.path.isdir, PLACES):
        _empty(place)
    _remove_sysv(uid)
    return 0


def _kill_all(uid: int) -> bool:
    """Signal everything that may be signalled, again and again, until nothing of it is alive."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        # One call reaches all of them at once, also those that fork faster than a list is read.
        with contextlib.suppress(ProcessLookupError):  # some kernels say that there was nobody
            os.kill(-1, signal.SIGKILL)
        if not any(_is_alive_and_of(uid, pid) for pid in os.listdir("/proc") if pid.isdigit()):
            return True
        time.sleep(0.001)
    return False


def _is_alive_and_of(uid: int, pid: str) -> bool:
    if int(pid) == os.getpid():
        return False
    try:
        with open(f"/proc/{pid}/status") as file:
            fields = dict(line.split(":", 1) for line in file)
    except OSError:
        return False
    return fields["State"].strip()[0] not in "ZX" and str(uid) in fields["Uid"].split()


def _empty(place: str) -> None:
    """Delete everything; folders in folders are moved up first, so that no path grows too long."""
    while entries := list(os.scandir(place)):
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                _remove_folder(place, entry.path)
            else:
                os.unlink(entry.path)


def _remove_folder(place: str, folder: str) -> None:
    os.chmod(folder, 0o700)
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            os.chmod(entry.path, 0o700)  # moving it writes to it
            os.rename(entry.path, f"{place}/{secrets.token_hex(8)}")
        else:
            os.unlink(entry.path)
    os.rmdir(folder)


def _remove_sysv(uid: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    control = {
        "shm": lambda number: libc.shmctl(number, _IPC_RMID, None),
        "msg": lambda number: libc.msgctl(number, _IPC_RMID, None),
        "sem": lambda number: libc.semctl(number, 0, _IPC_RMID),
    }
    for kind in SYSTEM_V:
        for number in _numbers_of(uid, kind):
            control[kind](number)


def _numbers_of(uid: int, kind: str) -> list[int]:
    try:
        with open(f"/proc/sysvipc/{kind}") as table:
            header, *rows = (line.split() for line in table)
    except (OSError, ValueError):
        return []
    owner, number = header.index("uid"), header.index(SYSTEM_V[kind])
    return [int(row[number]) for row in rows if int(row[owner]) == uid]
