"""PID 1 of a box: takes orders from the worker on stdin, runs each test's process, reports facts.

Theory of operation. A separate warm interpreter (warm.py) has the profile's libraries imported
and forks a process for every test: some while the box waits for a submission, then always one
ahead. The supervisor holds the far ends of that process' pipes, passes requests and replies without
reading them, reads the kernel's clock of it, and stops it when a limit is passed. User code runs
under a uid of its own that owns nothing but its pipes. Orders that come while a test is being
cleaned up wait, and so does a call that comes while the source is loaded: whoever sends `end`, the
next `start` and its first call one after the other waits for none of them. When stdin closes the
supervisor exits, and the box is gone with it.

Orders:   start, call, answer, end        Reports:   ready, result, question, ended
"""

import contextlib
import os
import secrets
import select
import signal
import sys
import time
from collections import deque

sys.path.insert(0, "/opt/judge/lib/site-packages")
sys.path.insert(0, os.path.dirname(__file__))

import traces
from facts import Cgroup
from nursery import Nursery
from subject import Subject

from judge.proxy.doorway import step_through
from judge.proxy.framing import READ_BYTES, FrameBuffer, Header, pack

CLEANING_SECONDS = 5.0
HOLD_SECONDS = 0.005
FORKED_AHEAD = 12  # while a box waits; each holds 2 MiB


class Supervisor:
    """The event loop: one subject at a time, one pending call or a stack of nested ones."""

    def __init__(self) -> None:
        self.cgroup = Cgroup()
        self.uid = choose_uid()
        self.nursery = Nursery(self.uid)
        self.subject: Subject | None = None
        self.orders = FrameBuffer()
        self.waiting: deque[tuple[Header, bytes]] = deque()  # orders that come too early
        self.unsaid = bytearray()  # reports that wait, a little, for what follows
        self.unsaid_since = 0.0
        self.ended: Subject | None = None  # killed; its death has not been heard of yet
        self.cleaner: int | None = None
        self.cleaning_since = 0.0
        self.tasks_at_rest: int | None = None  # with one process forked ahead
        self.has_begun = False
        self.child_died = wake_on_death()

    def run(self) -> None:
        """Serve orders until stdin closes."""
        self.nursery.open()
        self.tasks_at_rest = self.cgroup.tasks()
        self.say(
            {"kind": "ready", "uid": self.uid, "peak_memory_mib": self.cgroup.peak_memory_mib()}
        )
        while True:
            self.fork_ahead()
            self.wait_and_dispatch()
            if self.unsaid and time.monotonic() - self.unsaid_since > HOLD_SECONDS:
                self.send()
            self.reap()
            self.finish_cleaning()
            self.obey()
            self.watch()
            if self.waiting:  # for a reply that may have come
                self.obey()
                self.watch()

    def wait_and_dispatch(self) -> None:
        poll = select.poll()
        poll.register(0, select.POLLIN)
        poll.register(self.child_died, select.POLLIN)
        if self.nursery.is_open():
            poll.register(self.nursery.fileno(), select.POLLIN)
        subject = self.subject
        for fd, events in subject.interests() if subject is not None else ():
            poll.register(fd, events)
        for fd, events in poll.poll(self.patience_ms()):
            if fd == 0:
                self.take_orders()
            elif fd == self.child_died:
                os.read(fd, 4096)
            elif fd == self.nursery.fileno():
                self.nursery.hear()
            elif subject is not None and subject is self.subject:
                subject.ready(fd, events)

    def patience_ms(self) -> float | None:
        if self.unsaid:
            return HOLD_SECONDS * 1000
        if self.is_cleaning():
            return CLEANING_SECONDS * 1000
        return None if self.subject is None else self.subject.patience_ms()

    def take_orders(self) -> None:
        data = os.read(0, READ_BYTES)
        if not data:
            os._exit(0)
        self.waiting.extend(self.orders.feed(data))
        self.obey()

    def obey(self) -> None:
        """Do what was ordered, in order, up to where something has to be cleaned first."""
        while self.waiting and not self.is_cleaning() and not self.is_early(self.waiting[0][0]):
            header, payload = self.waiting.popleft()
            getattr(self, f"order_{header['kind']}")(header, payload)

    def is_cleaning(self) -> bool:
        return self.ended is not None or self.cleaner is not None

    def is_early(self, header: Header) -> bool:
        """Whether an order is a call to a process that still owes the reply to something else."""
        return header["kind"] == "call" and self.subject is not None and self.subject.is_busy()

    def order_start(self, header: Header, payload: bytes) -> None:
        """Give a fresh process its source; its reply is a result like that of a call."""
        born = self.nursery.take()
        bind([born.pid] if self.has_begun else [born.pid, os.getpid()], header["core"])
        self.has_begun = True
        header["has_cgroup"] = self.tasks_at_rest is not None  # gVisor shows none
        self.subject = Subject(born, header, self.cgroup, self.nursery)
        self.subject.begin(header, payload)
        self.fork_ahead()

    def fork_ahead(self) -> None:
        """Have a process forked, unless there are enough; the next when this one is there."""
        enough = 1 if self.has_begun else FORKED_AHEAD
        if self.nursery.asked == 0 and self.nursery.waiting < enough:
            self.nursery.ask_for_next()

    def order_call(self, header: Header, payload: bytes) -> None:
        if self.subject is not None:
            self.subject.begin(header, payload)

    def order_answer(self, _header: Header, payload: bytes) -> None:
        if self.subject is not None:
            self.subject.answer(payload)

    def order_end(self, _header: Header, _payload: bytes) -> None:
        """Kill everything of the uid and empty what it could write to; reported when done."""
        self.cleaning_since = time.monotonic()
        self.ended, self.subject = self.subject, None
        if self.ended is None:
            self.cleaner = start_cleaner(self.uid)
        else:
            self.ended.close()

    def watch(self) -> None:
        """Look at what the subject said and used since the last look, and report it."""
        for news in self.subject.news() if self.subject is not None else ():
            self.say(news.header, news.payload)

    def reap(self) -> None:
        """Collect dead children: orphans of the subject, the cleaner, the warm interpreter."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            if pid == self.cleaner:
                self.cleaner = None
                self.report_cleaned(clean=status == 0)
            elif pid == self.nursery.pid:
                # There was no memory left for it; the next test has another started.
                self.nursery.close()
                if self.subject is not None:
                    self.subject.took_all_memory()
            else:
                self.nursery.orphan_died(pid, status)

    def finish_cleaning(self) -> None:
        """Report a subject gone that left nothing; have somebody clean after any other."""
        waited = time.monotonic() - self.cleaning_since
        if self.ended is not None and (self.is_at_rest() or waited > 1):
            self.ended = None
            if self.left_nothing():
                self.report_cleaned(clean=True)
            else:
                self.cleaner = start_cleaner(self.uid)
        if self.cleaner is not None and waited > CLEANING_SECONDS:
            os.kill(self.cleaner, signal.SIGKILL)

    def is_at_rest(self) -> bool:
        """Whether all deaths and births that are due have been heard of."""
        return self.ended is not None and self.ended.is_buried() and self.nursery.asked == 0

    def left_nothing(self) -> bool:
        """Whether there is provably no process, file or System V object of the uid.

        The kernel's count of tasks cannot be fooled by one that forks while a list is read.
        """
        tasks = self.cgroup.tasks()
        if tasks is None or self.tasks_at_rest is None or self.nursery.asked:
            return False
        extra = tasks - (self.tasks_at_rest - 1 + self.nursery.waiting)
        return extra == 0 and not traces.files() and not traces.system_v()

    def report_cleaned(self, *, clean: bool) -> None:
        self.say(
            {"kind": "ended", "clean": clean, "peak_memory_mib": self.cgroup.peak_memory_mib()}
        )

    def say(self, header: Header, payload: bytes = b"") -> None:
        """Report; where orders are waiting, together with what comes of them if that is soon."""
        if not self.unsaid:
            self.unsaid_since = time.monotonic()
        self.unsaid += pack(header, payload)
        if not self.waiting or header["kind"] == "question":
            self.send()

    def send(self) -> None:
        data, self.unsaid = memoryview(self.unsaid), bytearray()
        while data:
            data = data[os.write(1, data) :]


def choose_uid() -> int:
    """Return a uid for user code, different in nearly every box: kernel counters are per uid."""
    with open("/proc/self/uid_map") as uid_map:
        first, _, count = (int(part) for part in uid_map.readline().split())
    low, high = (10_000, 60_000) if count <= 1 << 20 else (1_000_000_000, 2_000_000_000)
    return first + low + secrets.randbelow(high - low)


def bind(pids: list[int], core: int | None) -> None:
    """Have processes run where the worker's thread does, if that is bound to a core."""
    if core is not None:
        for pid in pids:
            with contextlib.suppress(OSError):
                os.sched_setaffinity(pid, {core})


def wake_on_death() -> int:
    """Return a descriptor that becomes readable whenever a child dies."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    return reading


def start_cleaner(uid: int) -> int:
    """Fork the process that, under the uid itself, kills and deletes everything of it."""
    pid = os.fork()
    if pid:
        return pid
    try:
        import cleaner  # noqa: PLC0415 (only the fork pays for it)

        os._exit(cleaner.clean(uid))
    except BaseException as error:  # noqa: BLE001 (a fork must never return into the loop above)
        os.write(2, f"cleaner: {error!r}\n".encode())
        os._exit(1)


if __name__ == "__main__":
    step_through()
    try:
        Supervisor().run()
    except (BrokenPipeError, ConnectionResetError):
        os._exit(0)
