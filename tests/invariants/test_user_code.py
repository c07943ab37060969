"""User code has a uid of its own, no capability, and a kernel that refuses the rest."""

from collections.abc import Iterator
from typing import Any

import pytest

from judge.bootstrap import LocalJudge
from judge.model import Limits, StopReason
from judge.proxy.channel import Stopped
from tests.boxes import BoxChannel, a_boxed_channel

pytestmark = pytest.mark.docker


WHO = """
import os
def who(): return os.getresuid() + os.getresgid() + tuple(os.getgroups())
def regain():
    for change in (lambda: os.setuid(0), lambda: os.setresuid(0, 0, 0), lambda: os.setgid(0)):
        try:
            change()
        except OSError:
            continue
        return True
    return os.getuid() == 0
def capabilities():
    lines = open("/proc/self/status").read().splitlines()
    return {k: v.strip() for k, _, v in (line.partition(":") for line in lines)
            if k.startswith("Cap") or k in ("NoNewPrivs", "Seccomp")}
"""


def test_user_code_has_a_uid_of_its_own_in_every_box(judge: LocalJudge) -> None:
    uids = []
    for _ in range(2):
        with a_boxed_channel(judge, Limits()) as channel:
            ids = channel.load(WHO).who()
            assert len(set(ids)) == 1
            uids.append(ids[0])

    assert 0 not in uids
    assert uids[0] != uids[1]


def test_user_code_has_no_capability_and_no_way_back_to_root(channel: BoxChannel) -> None:
    solution = channel.load(WHO)
    status = solution.capabilities()

    assert solution.regain() is False
    assert {int(status[key], 16) for key in ("CapEff", "CapPrm", "CapInh", "CapAmb")} == {0}
    assert status["NoNewPrivs"] == "1"
    assert status["Seccomp"] == "2"


ATTEMPTS = """
import ctypes, errno, os, socket, subprocess

libc = ctypes.CDLL(None, use_errno=True)

def call(number, *args):
    ctypes.set_errno(0)
    result = libc.syscall(number, *args)
    return "done" if result >= 0 else errno.errorcode[ctypes.get_errno()]

def connect(family, kind, protocol=0):
    try:
        socket.socket(family, kind, protocol).close()
    except OSError as error:
        return errno.errorcode[error.errno]
    return "done"

def unix_socket(): return connect(socket.AF_UNIX, socket.SOCK_STREAM)
def inet_socket(): return connect(socket.AF_INET, socket.SOCK_STREAM)
def inet6_socket(): return connect(socket.AF_INET6, socket.SOCK_DGRAM)
def raw_socket(): return connect(socket.AF_INET, socket.SOCK_RAW, 1)
def packet_socket(): return connect(socket.AF_PACKET, socket.SOCK_RAW)
def netlink_socket(): return connect(socket.AF_NETLINK, socket.SOCK_RAW)
def vsock_socket(): return connect(40, socket.SOCK_STREAM)
def alg_socket(): return connect(38, 5)

def io_uring(): return call(425, 1, ctypes.create_string_buffer(256))
def keyctl(): return call(250, 0, -3, 1)
def add_key(): return call(248, b"user", b"x", b"y", 1, -3)
def ptrace_me(): return call(101, 0, 0, 0, 0)
def read_of_another(): return call(310, os.getppid(), 0, 0, 0, 0, 0)
def bpf(): return call(321, 0, 0, 0)
def perf(): return call(298, 0, 0, -1, -1, 0)
def userfault(): return call(323, 0)
def user_namespace(): return call(272, 0x10000000)
def net_namespace(): return call(272, 0x40000000)
def clone_namespace():
    pid = libc.syscall(56, 0x10000000 | 17, 0, 0, 0, 0)
    if pid == 0:
        os._exit(0)
    return "done" if pid > 0 else errno.errorcode[ctypes.get_errno()]
def clone3(): return call(435, ctypes.create_string_buffer(88), 88)
def mount(): return call(165, b"none", b"/tmp", b"tmpfs", 0, 0)
def chroot(): return call(161, b"/tmp")
def setns(): return call(308, 0, 0)
def reboot(): return call(169, 0xfee1dead, 672274793, 0x1234567, 0)
def hostname(): return call(170, b"x", 1)
def kexec(): return call(246, 0, 0, 0, 0)

def write_root():
    done = []
    for folder in ("/", "/opt/judge", "/etc", "/usr", "/proc/sys/kernel", "/sys"):
        try:
            open(folder + "/made", "w").close()
            done.append(folder)
        except OSError:
            pass
    return ",".join(done) or "EROFS"

def setuid_program():
    found = []
    for folder, _, files in os.walk("/"):
        if folder.startswith(("/proc", "/sys")):
            continue
        for name in files:
            path = os.path.join(folder, name)
            try:
                if os.lstat(path).st_mode & 0o6000 and os.access(path, os.X_OK):
                    uid = subprocess.run([path, "-c", "id -u"], capture_output=True,
                                         stdin=subprocess.DEVNULL, timeout=2).stdout
                    found += [path] if uid.strip() == b"0" else []
            except (OSError, subprocess.TimeoutExpired):
                pass
    return ",".join(found) or "EPERM"

def signal_others():
    done = []
    for pid in [1, os.getppid()]:
        try:
            os.kill(pid, 0)
            done.append(str(pid))
        except OSError:
            pass
    return ",".join(done) or "EPERM"
"""
REFUSED = [
    "inet_socket", "inet6_socket", "raw_socket", "packet_socket", "netlink_socket", "vsock_socket",
    "alg_socket", "io_uring", "keyctl", "add_key", "ptrace_me", "read_of_another", "bpf", "perf",
    "userfault", "user_namespace", "net_namespace", "clone_namespace", "clone3", "mount", "chroot",
    "setns", "reboot", "hostname", "kexec", "write_root", "setuid_program", "signal_others",
]  # fmt: skip


@pytest.fixture(scope="module")
def attempts(judge: LocalJudge) -> Iterator[Any]:
    with a_boxed_channel(judge, Limits(cpu_seconds=10, wall_seconds=30)) as channel:
        yield channel.load(ATTEMPTS)


@pytest.mark.parametrize("name", REFUSED)
def test_the_kernel_refuses(attempts: Any, name: str) -> None:
    assert getattr(attempts, name)() in {
        "EPERM", "EACCES", "ENOSYS", "EROFS", "EAFNOSUPPORT", "ESOCKTNOSUPPORT", "EPROTONOSUPPORT",
    }  # fmt: skip


def test_the_kernel_allows_what_honest_programs_use(attempts: Any) -> None:
    assert attempts.unix_socket() == "done"


NAMES = """
import os, sys
def names(): return [sys.stdin.name, sys.stdout.name, sys.stderr.name, *sys.argv]
def harness(): return sorted(vars(sys.modules["__main__"]))
def shut(): os.closerange(0, 1_000)
"""


def test_streams_and_arguments_are_named_as_anywhere(channel: BoxChannel) -> None:
    solution = channel.load(NAMES)

    assert solution.names() == ["<stdin>", "<stdout>", "<stderr>", "solution.py"]
    assert solution.harness() == ["__doc__", "__loader__", "__name__", "__package__", "__spec__"]


def test_who_closes_its_socket_is_told_so(channel: BoxChannel) -> None:
    solution = channel.load(NAMES)

    with pytest.raises(Stopped):
        solution.shut()

    assert channel.facts[-1].stop_reason is StopReason.PROTOCOL
