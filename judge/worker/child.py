"""The worker as a child of the server: started, woken, heard, and started again when it dies."""

import contextlib
import logging
import os
import select
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO

STOP_SECONDS = 5.0
# A worker that dies at once is not started again at once.
PAUSE_SECONDS = (0.1, 1.0, 5.0)
LASTING_SECONDS = 30.0
SILENT_SECONDS = 60.0  # it says something with every beat
_log = logging.getLogger(__name__)


@contextlib.contextmanager
def child_worker(
    command: Sequence[str], environment: Mapping[str, str], heard: Callable[[], None]
) -> Iterator[Callable[[], None]]:
    """Keep a worker running while the block lasts; gives what to call to wake it.

    `heard` is called from another thread whenever the worker stored something.
    """
    child = _Child(command, environment, heard)
    watching = threading.Thread(target=child.watch, name="worker", daemon=True)
    watching.start()
    try:
        yield child.wake
    finally:
        child.stop()
        watching.join(STOP_SECONDS + 1)


class _Child:
    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], heard: Callable[[], None]
    ) -> None:
        self._command, self._environment, self._heard = command, environment, heard
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()

    def wake(self) -> None:
        """Tell the worker to look at the queue."""
        process = self._process
        if process is not None and process.stdin is not None:
            with contextlib.suppress(OSError, ValueError):  # it died, or is told too much
                os.write(process.stdin.fileno(), b"\n")

    def watch(self) -> None:
        """Run one worker after the other until stopped."""
        deaths = 0
        while not self._stopping.is_set():
            started = time.monotonic()
            try:
                self._run()
            except OSError as error:  # no memory or no processes left, which may pass
                _log.warning("the worker cannot be started: %s", error)
            if self._stopping.is_set():
                return
            lasted = time.monotonic() - started
            deaths = 0 if lasted > LASTING_SECONDS else deaths + 1
            pause = PAUSE_SECONDS[min(deaths, len(PAUSE_SECONDS) - 1)]
            _log.error("the worker died; another one starts in %.1f s", pause)
            self._heard()
            self._stopping.wait(pause)

    def stop(self) -> None:
        """Have the worker give back what it holds, and end."""
        self._stopping.set()
        process = self._process
        if process is None:
            return
        with contextlib.suppress(OSError):
            if process.stdin is not None:
                process.stdin.close()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()

    def _run(self) -> None:
        with subprocess.Popen(  # noqa: S603 (our own command)
            self._command,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            start_new_session=True,  # Ctrl-C is for the server
        ) as process:
            self._process = process
            if process.stdin is not None:
                os.set_blocking(process.stdin.fileno(), False)
            if process.stdout is not None:
                self._listen(process, process.stdout)
            process.wait()

    def _listen(self, process: subprocess.Popen[bytes], said: IO[bytes]) -> None:
        """Hear the worker until it ends; end it when it hangs."""
        while select.select((said,), (), (), SILENT_SECONDS)[0]:
            if not said.read(4096):
                return
            self._heard()
        _log.error("the worker has said nothing for %.0f s", SILENT_SECONDS)
        process.kill()
