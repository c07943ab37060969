"""The filter that a process puts on itself where the engine's cannot be had."""

import subprocess
import sys
from pathlib import Path

import pytest

BOX = Path("runner-image/box").absolute()
TRIES = """
import ctypes, errno, socket, sys, threading
sys.path.insert(0, sys.argv[1])
import seccomp
libc = ctypes.CDLL(None, use_errno=True)
def refused(number, *args):
    return libc.syscall(number, *args) == -1 and errno.errorcode[ctypes.get_errno()]
def opened(family):
    try:
        socket.socket(family, socket.SOCK_DGRAM).close()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "open"
place = ["x86_64", "aarch64"].index(seccomp.platform.machine())
seccomp.refuse()
print({name: refused(numbers[place], 0, 0, 0, 0, 0, 0)
       for name, numbers in seccomp._REFUSED.items()})
print(refused(seccomp._CLONE3[place], 0, 0), refused(seccomp._CLONE[place], 0x10000000 | 17, 0))
print(opened(socket.AF_UNIX), opened(socket.AF_INET), opened(socket.AF_NETLINK))
thread = threading.Thread(target=print, args=["a thread"])
thread.start(); thread.join()
import subprocess
print(subprocess.run(["echo", "a child"], capture_output=True, text=True).stdout.strip())
"""


@pytest.fixture(scope="module")
def said() -> list[str]:
    ran = subprocess.run(
        [sys.executable, "-c", TRIES, BOX], capture_output=True, text=True, check=True
    )
    return ran.stdout.splitlines()


def test_every_call_of_the_list_is_refused(said: list[str]) -> None:
    answers = eval(said[0])  # noqa: S307 (printed by the process above)

    assert len(answers) > 40
    assert set(answers.values()) == {"EPERM"}


def test_namespaces_cannot_be_made(said: list[str]) -> None:
    assert said[1] == "ENOSYS EPERM"


def test_there_are_sockets_of_one_family(said: list[str]) -> None:
    assert said[2] == "open EPERM EPERM"


def test_honest_programs_go_on(said: list[str]) -> None:
    assert said[3:] == ["a thread", "a child"]


def test_an_unknown_machine_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BOX))
    import seccomp  # noqa: PLC0415 (a program of the image, not of this package)

    monkeypatch.setattr(seccomp.platform, "machine", lambda: "riscv64")
    with pytest.raises(OSError, match="riscv64"):
        seccomp.refuse()
