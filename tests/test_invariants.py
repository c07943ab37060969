"""One test per invariant of the design: each fails when its invariant is broken."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from judge.bootstrap import LocalJudge
from judge.engine.attach import Stream
from judge.engine.client import Engine
from judge.engine.container import INSTANCE_LABEL, ROLE_LABEL
from judge.judging.events import Event, TestEnded
from judge.model import Exit, Limits, Verdict
from judge.proxy.channel import Stopped
from judge.proxy.framing import Header
from tests.boxes import BoxChannel, a_boxed_channel
from tests.builders import a_problem

pytestmark = pytest.mark.docker

SAMPLES = "def test_two(solution):\n    assert solution.double(2) == 4\n"
NEEDLE = "needle-in-the-hidden-tests"
HIDDEN = f"""
def test_{NEEDLE.replace("-", "_")}(solution):
    \"\"\"{NEEDLE}\"\"\"
    assert solution.double(40_302_011) == 80_604_022
    assert abs(solution.double(0.5) - 1.0) < 1e-9
"""
REFERENCE = f"def double(n):  # {NEEDLE}\n    return n + n\n"
FILES = {
    "tests/test_samples.py": SAMPLES,
    "tests/test_hidden.py": HIDDEN,
    "submissions/accepted/a.py": REFERENCE,
}
OWN_SOURCE = "def double(n):\n    return 2 * n\n"


def containers(engine: Engine, instance: str, role: str) -> list[dict[str, Any]]:
    labels = [f"{INSTANCE_LABEL}={instance}", f"{ROLE_LABEL}={role}"]
    found = engine.api.containers(all=True, filters={"label": labels})
    return [engine.api.inspect_container(one["Id"]) for one in found]


@pytest.fixture(scope="module")
def inspected(
    judge: LocalJudge, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[dict[str, Any]]]:
    """What the engine tells of box and grader while a submission is judged, and of boxes after."""
    seen: dict[str, list[dict[str, Any]]] = {}

    def look(event: Event) -> None:
        if isinstance(event, TestEnded) and not seen:
            seen["box"] = containers(engine, judge.instance, "box")
            seen["grader"] = containers(engine, judge.instance, "grader")

    problem = a_problem(tmp_path_factory.mktemp("inspected"), files=FILES)
    assert judge.judge(problem, OWN_SOURCE, look).verdict is Verdict.AC
    seen["after"] = containers(engine, judge.instance, "box")
    return seen


@pytest.fixture(params=["box", "grader"])
def container(request: pytest.FixtureRequest, inspected: dict[str, Any]) -> dict[str, Any]:
    [found] = inspected[request.param]
    return dict(found)


# 1. One submission, one box, used once


def test_a_box_has_no_network(container: dict[str, Any]) -> None:
    assert container["HostConfig"]["NetworkMode"] == "none"
    assert list(container["NetworkSettings"]["Networks"]) in ([], ["none"])


def test_a_box_can_write_to_capped_memory_only(container: dict[str, Any]) -> None:
    host = container["HostConfig"]
    [tmp] = host["Tmpfs"].items()

    assert host["ReadonlyRootfs"] is True
    assert tmp[0] == "/tmp"  # noqa: S108 (inside the container)
    assert {"nosuid", "nodev"} <= set(tmp[1].split(","))
    assert "size=" in tmp[1]
    assert 0 < host["ShmSize"] <= 256 << 20


def test_a_box_has_nothing_of_the_host(container: dict[str, Any]) -> None:
    host = container["HostConfig"]

    assert container["Mounts"] == []
    assert not host["Binds"]
    assert not host["VolumesFrom"]
    assert not host["Devices"]
    assert host["PidMode"] == ""
    assert host["IpcMode"] == "private"
    assert host["UTSMode"] == ""
    assert "docker.sock" not in json.dumps(container)


def test_a_box_has_three_capabilities_and_gets_no_more(container: dict[str, Any]) -> None:
    host = container["HostConfig"]
    options = {option.partition("=")[0] for option in host["SecurityOpt"]}

    assert host["Privileged"] is False
    assert host["CapDrop"] == ["ALL"]
    assert {name.removeprefix("CAP_") for name in host["CapAdd"]} == {"SETUID", "SETGID", "KILL"}
    assert options == {"no-new-privileges", "seccomp"}


def test_a_box_runs_under_our_system_call_filter(container: dict[str, Any]) -> None:
    [text] = [o for o in container["HostConfig"]["SecurityOpt"] if o.startswith("seccomp=")]
    profile = json.loads(text.removeprefix("seccomp="))
    allowed = {
        name
        for rule in profile["syscalls"]
        if rule["action"] == "SCMP_ACT_ALLOW"
        for name in rule["names"]
    }

    assert profile["defaultAction"] == "SCMP_ACT_ERRNO"
    assert not allowed & {
        "io_uring_setup", "io_uring_enter", "io_uring_register", "ptrace", "process_vm_readv",
        "process_vm_writev", "keyctl", "add_key", "request_key", "bpf", "mount", "unshare",
        "setns", "clone3", "userfaultfd", "perf_event_open", "kexec_load", "init_module",
    }  # fmt: skip


def test_a_box_is_capped_in_processes_memory_and_cpu(container: dict[str, Any]) -> None:
    host = container["HostConfig"]

    assert 0 < host["PidsLimit"] <= 256
    assert 0 < host["Memory"] == host["MemorySwap"]
    assert host["NanoCpus"] == 1_000_000_000


def test_a_box_leaves_no_log_and_removes_itself(container: dict[str, Any]) -> None:
    host = container["HostConfig"]

    assert host["LogConfig"]["Type"] == "none"
    assert host["AutoRemove"] is True
    assert host["RestartPolicy"]["Name"] in {"", "no"}
    assert container["Config"]["StdinOnce"] is True


def test_no_box_is_left_after_a_judgement(inspected: dict[str, Any]) -> None:
    assert len(inspected["box"]) == 1
    assert inspected["after"] == []


@pytest.fixture
def channel(judge: LocalJudge) -> Iterator[BoxChannel]:
    with a_boxed_channel(judge, Limits(cpu_seconds=10, wall_seconds=20)) as channel:
        yield channel


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


ATTEMPTS = '''
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
'''
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


# 2. Answers never enter the box


@pytest.fixture
def sent_to_boxes(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Everything that is sent into boxes from now on; what graders are sent names a session."""
    sent: list[bytes] = []
    send = Stream.send

    def recording(self: Stream, header: Header, payload: bytes = b"") -> None:
        if "session" not in header:
            sent.append(json.dumps(header).encode() + payload)
        send(self, header, payload)

    monkeypatch.setattr(Stream, "send", recording)
    return sent


def test_nothing_that_enters_a_box_is_an_answer(
    judge: LocalJudge, tmp_path: Path, sent_to_boxes: list[bytes]
) -> None:
    problem = a_problem(tmp_path, files=FILES)

    assert judge.judge(problem, OWN_SOURCE).verdict is Verdict.AC

    everything = b"\0".join(sent_to_boxes)
    assert OWN_SOURCE.encode() in everything
    assert (40_302_011).to_bytes(4, "big") in everything
    assert (80_604_022).to_bytes(4, "big") not in everything
    for secret in (NEEDLE, NEEDLE.replace("-", "_"), "test_two", "assert", "n + n"):
        assert secret.encode() not in everything


SEARCH = """
import os

def double(needle):
    hits = []
    needle = needle[::-1].encode()
    for folder, folders, files in os.walk("/"):
        if folder == "/":
            folders[:] = [f for f in folders if f not in ("sys",)]
        for name in files + folders:
            if needle in os.fsencode(name):
                hits.append(name)
        for name in files:
            path = os.path.join(folder, name)
            if name in ("kcore", "kmsg", "mem", "pagemap", "clear_refs") or "/task/" in path:
                continue
            try:
                fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
            except OSError:
                continue
            try:
                if needle in os.read(fd, 1 << 20):
                    hits.append(path)
            except OSError:
                pass
            finally:
                os.close(fd)
    return sorted(set(hits))
"""


def test_a_walk_through_a_box_finds_nothing_of_the_tests(
    judge: LocalJudge, tmp_path: Path, channel: BoxChannel
) -> None:
    files = FILES | {
        "problem.toml": 'title = "t"\nentry = "double"\n[limits]\ncpu_seconds = 20\n',
        "tests/test_hidden.py": "def test_search(solution):\n"
        + "".join(
            f"    assert solution.double({text[::-1]!r}) == []\n"
            for text in (NEEDLE, "needle_in_the")
        )
        + f"    # {NEEDLE} needle_in_the_tests\n",
        "tests/test_samples.py": "def test_it_can_search(solution):\n"
        f"    assert solution.double({'class Supervisor:'[::-1]!r}) != []\n",
    }

    judgement = judge.judge(a_problem(tmp_path, files=files), SEARCH)

    assert judgement.verdict is Verdict.AC, judgement.message


# 5. The clock is not the submission's

WORK = """
import os, subprocess, sys, threading, time

def burn():
    until = time.thread_time() + 0.5
    while time.thread_time() < until:
        pass

def here(): burn()
def in_a_thread():
    thread = threading.Thread(target=burn)
    thread.start()
    thread.join()
def in_a_child():
    pid = os.fork()
    if pid == 0:
        burn()
        os._exit(0)
    os.waitpid(pid, 0)
def in_an_unwaited_child():
    if os.fork() == 0:
        burn()
        os._exit(0)
    time.sleep(1.0)
def in_a_program():
    code = "import time\\nwhile time.process_time() < 0.5: pass"
    subprocess.run([sys.executable, "-c", code], check=True)
def with_a_forged_clock():
    clock = time.thread_time
    time.process_time = time.thread_time = time.perf_counter = time.clock_gettime = lambda *_: 0.0
    until = clock() + 0.5
    while clock() < until:
        pass
"""


@pytest.mark.parametrize(
    "name",
    ["here", "in_a_thread", "in_a_child", "in_an_unwaited_child", "in_a_program",
     "with_a_forged_clock"],
)  # fmt: skip
def test_work_is_charged_wherever_it_is_done(channel: BoxChannel, name: str) -> None:
    getattr(channel.load(WORK), name)()

    assert 0.3 < channel.facts[-1].cpu_seconds < 3


def test_waiting_is_not_charged_as_work(channel: BoxChannel) -> None:
    channel.load("import time\ndef wait(): time.sleep(0.5)").wait()

    assert channel.facts[-1].cpu_seconds < 0.1
    assert 0.4 < channel.facts[-1].wall_seconds < 5


# 7. The sandbox reports facts


@pytest.mark.parametrize(
    ("body", "exit_"),
    [
        ("import os; os._exit(3)", Exit.EXITED),
        ("import os; os.kill(os.getpid(), 9)", Exit.SIGNALLED),
        ("while True: pass", Exit.STOPPED),
    ],
)
def test_a_box_tells_how_a_process_ended(judge: LocalJudge, body: str, exit_: Exit) -> None:
    with a_boxed_channel(judge, Limits(cpu_seconds=0.2, wall_seconds=2)) as channel:
        solution = channel.load(f"def f():\n    {body}\n")
        with pytest.raises(Stopped):
            solution.f()

    assert channel.facts[-1].exit is exit_


# 10. Hidden stays hidden


def test_nothing_of_a_hidden_test_is_shown(judge: LocalJudge, tmp_path: Path) -> None:
    source = "def double(n):\n    print(n)\n    if n == 2: return 4\n    raise ValueError(n)\n"

    judgement = judge.judge(a_problem(tmp_path, files=FILES), source)

    assert judgement.verdict is Verdict.RE
    shown = repr(judgement)
    for secret in ("40302011", "80604022", NEEDLE, "test_hidden", "needle"):
        assert secret not in shown


# 1 and 8. Nothing is left behind, whatever is killed


def test_no_container_outlives_a_killed_judge(engine: Engine, tmp_path: Path) -> None:
    problem = a_problem(tmp_path / "problems")
    slow = tmp_path / "slow.py"
    slow.write_text("import time\ndef double(n):\n    time.sleep(11)\n    return 2 * n\n")
    command = ["-m", "judge", "submit", "--local", "--problems", str(problem.folder.parent)]
    process = subprocess.Popen(
        [sys.executable, *command, "--problem", "double", str(slow)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def left() -> list[str]:
        found = engine.api.containers(all=True, filters={"label": INSTANCE_LABEL})
        prefix = f"{process.pid}-"
        return [c["Id"] for c in found if c["Labels"][INSTANCE_LABEL].startswith(prefix)]

    try:
        assert until(lambda: len(left()) == 2, seconds=20)
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    assert until(lambda: left() == [], seconds=5)


def until(happened: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(0.05)
    return False
