"""The clock is not the submission's; the sandbox reports facts."""

import pytest

from judge.bootstrap import LocalJudge
from judge.model import Exit, Limits
from judge.proxy.channel import Stopped
from tests.boxes import BoxChannel, a_boxed_channel

pytestmark = pytest.mark.docker


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
