"""The worker as a process: `judge serve` starts it, and it ends when its standard input does.

A byte on standard input means: look at the queue. A byte on standard output means: look at the
database. Both are hints; nothing depends on one arriving.
"""

import contextlib
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import cache, partial

from judge.bootstrap.local import LocalJudge, local_judge, seed_key, seeds_of
from judge.catalog import Catalog, Shelf
from judge.engine.client import engine_client
from judge.engine.container import new_instance
from judge.errors import ImageMissing, ImageOutdated, StoreError
from judge.images import PROFILES, find_image
from judge.queue import Queue
from judge.sandbox.base import Box
from judge.sandbox.docker import DockerSandbox
from judge.sandbox.pool import Pool, Sort
from judge.settings import Settings
from judge.store import ImageFacts, Store, open_store
from judge.worker import Judging, Loop

# The first has the grader that is started before anybody wants it.
AHEAD = (Sort("python", 256), Sort("ml", 256))
_log = logging.getLogger(__name__)
_HINT = b"\n"


def run_worker(settings: Settings) -> None:
    """Judge what is queued in the data directory until standard input ends."""
    name = new_instance()
    cold = _ColdSandbox(settings, name)
    capacity = settings.warm_boxes * len(AHEAD)
    pool = Pool(cold, settings.warm_boxes, capacity)
    shelf = Shelf(Catalog(settings.problem_dirs))
    with open_store(settings.data_dir) as store, pool.running(*AHEAD):
        loop = Loop(
            store=store,
            queue=Queue(store.database, name),
            judging=Judging(shelf, seeds_of(seed_key(settings))),
            open_judge=lambda: _judge(settings, store, pool),
            name=name,
            hint=_hint,
        )
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which tells us
        listening = threading.Thread(target=_listen, args=(loop,), daemon=True)
        listening.start()
        loop.run(settings.concurrency)
        listening.join()  # or what is being judged would not be given back


@contextlib.contextmanager
def _judge(settings: Settings, store: Store, pool: Pool) -> Iterator[LocalJudge]:
    with local_judge(settings, sandbox=pool) as judge:
        note_images(judge, store)
        with contextlib.suppress(ImageMissing, ImageOutdated):
            judge.start_grader(AHEAD[0].profile)
        yield judge


class _ColdSandbox:
    """Starts boxes for the pool; connects when one is wanted, as there may be no engine yet."""

    def __init__(self, settings: Settings, instance: str) -> None:
        self._settings, self._instance = settings, instance
        self._lock = threading.Lock()
        self._sandbox: DockerSandbox | None = None

    def lease(self, profile: str, memory_mib: int) -> AbstractContextManager[Box]:
        """See Sandbox."""
        return self._connected().lease(profile, memory_mib)

    def _connected(self) -> DockerSandbox:
        with self._lock:
            if self._sandbox is None:
                engine = engine_client()
                image_of = cache(partial(find_image, engine))
                self._sandbox = DockerSandbox(
                    engine, image_of, self._instance, self._settings.runtime
                )
            return self._sandbox


def note_images(judge: LocalJudge, store: Store) -> None:
    """Store which images there are; raise ImageMissing or ImageOutdated where there is none."""
    lacking = []
    for profile in PROFILES:
        try:
            image = judge.image(profile)
            store.service.saw_image(
                ImageFacts(profile, image.digest, image.python, dict(image.libraries))
            )
        except (ImageMissing, ImageOutdated) as error:
            _log.warning("%s", error)  # a submission that needs it will wait and say so
            lacking.append(error)
        except StoreError as error:
            _log.warning("%s", error)
    if len(lacking) == len(PROFILES):
        raise lacking[0]


def _hint() -> None:
    with contextlib.suppress(OSError):  # the server may be gone, which standard input will tell
        os.write(sys.stdout.fileno(), _HINT)


def _listen(loop: Loop) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        loop.wake()
    loop.stop()
    # Threads may wait for a box for long; the containers go when their streams close.
    os._exit(0)
