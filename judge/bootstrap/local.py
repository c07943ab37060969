"""A judge that works in this process, with everything it needs."""

import contextlib
import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from judge.address import make_data_dir
from judge.catalog import Problem
from judge.engine.client import Engine, engine_client, engine_errors
from judge.engine.container import new_instance, sweep, sweep_dead
from judge.grading.docker import DockerGrader, grader
from judge.images import ImageRef, find_image
from judge.judging.events import Listener, PhaseStarted, nobody
from judge.judging.orders import Submission
from judge.judging.submission import judge_submission
from judge.judging.trial import try_input
from judge.machine import fingerprint
from judge.model import Judgement, Trial
from judge.sandbox.base import Sandbox
from judge.sandbox.docker import DockerSandbox
from judge.settings import Settings
from judge.worker import judge_with_retries, with_retries

__all__ = ["LocalJudge", "local_judge"]


@contextlib.contextmanager
def local_judge(
    settings: Settings, profiles: Sequence[str] = (), sandbox: Sandbox | None = None
) -> Iterator["LocalJudge"]:
    """Give a judge that works in this process; its containers are gone when the block is left.

    It starts a box for every submission, or leases them from `sandbox`.

    Raises:
        EngineUnavailable: no container engine answers.
        ImageMissing, ImageOutdated: an image of `profiles` is not there.
    """
    engine = engine_client()
    instance = new_instance()
    with contextlib.ExitStack() as stack:
        stack.callback(engine.close)
        sweep_dead(engine)
        stack.callback(sweep, engine, instance)
        judge = LocalJudge(settings, engine, instance, seed_key(settings), stack, sandbox)
        for profile in profiles:
            judge.image(profile)
        yield judge


@dataclass
class LocalJudge:
    """Judges one submission after another; keeps a grader per profile between them."""

    settings: Settings
    engine: Engine
    instance: str
    seed_key: bytes
    stack: contextlib.ExitStack
    sandbox: Sandbox | None = None
    _images: dict[str, ImageRef] = field(default_factory=dict)
    _graders: dict[str, tuple[contextlib.ExitStack, DockerGrader]] = field(default_factory=dict)

    def judge(
        self,
        problem: Problem,
        source: str,
        listener: Listener = nobody,
        *,
        samples_only: bool = False,
        brief: bool = False,
    ) -> Judgement:
        """Judge a source; JE is a judgement too. Raises SetupError and EngineUnavailable.

        `brief` stops at the first failure: nobody will read more of the judgement.
        """
        listener(PhaseStarted("image"))
        submission = Submission(
            problem,
            source,
            self.image(problem.profile),
            self.seed_key,
            samples_only,
            brief,
        )
        judged = judge_with_retries(submission, lambda: self._judge(submission, listener), listener)
        return replace(judged, machine=fingerprint())

    def try_input(
        self,
        problem: Problem,
        source: str,
        args: list[object] | None,
        stdin: str | None,
        listener: Listener = nobody,
    ) -> Trial:
        """Try a learner's own input on a source and on the reference."""
        submission = Submission(problem, source, self.image(problem.profile), self.seed_key)

        def attempt() -> Trial:
            listener(PhaseStarted("box"))
            with self._grader(problem.profile) as grading:
                return try_input(submission, args, stdin, self._sandbox(), grading)

        return with_retries(attempt, listener)

    def check(self) -> None:
        """Raise EngineUnavailable when the engine does not answer any more."""
        with engine_errors():
            self.engine.ping()

    def image(self, profile: str) -> ImageRef:
        """Return the image of a profile, looked up once."""
        if profile not in self._images:
            self._images[profile] = find_image(self.engine, profile)
        return self._images[profile]

    def identity(self, profile: str) -> str:
        """Return what a judgement depends on besides problem and source."""
        image = self.image(profile)
        parts = (image.digest, image.runner_version, seeds_of(self.seed_key), self.settings.runtime)
        return " ".join(map(str, (*parts, fingerprint())))

    def _judge(self, submission: Submission, listener: Listener) -> Judgement:
        with self._grader(submission.problem.profile) as grading:
            return judge_submission(submission, self._sandbox(), grading, listener)

    def start_grader(self, profile: str) -> None:
        """Have the grader of a profile get ready before it is wanted."""
        with self._grader(profile):
            pass

    def _sandbox(self) -> Sandbox:
        if self.sandbox is not None:
            return self.sandbox
        return DockerSandbox(self.engine, self.image, self.instance, self.settings.runtime)

    @contextlib.contextmanager
    def _grader(self, profile: str) -> Iterator[DockerGrader]:
        """Give the grader of a profile; one that failed us is not used again."""
        if profile not in self._graders:
            own = self.stack.enter_context(contextlib.ExitStack())
            container = grader(
                self.engine, self.image(profile), self.instance, self.settings.runtime
            )
            self._graders[profile] = own, own.enter_context(container)
        own, grading = self._graders[profile]
        try:
            yield grading
        except BaseException:  # it may be in the middle of something, whatever this was
            del self._graders[profile]
            self._images.pop(profile, None)  # maybe it was removed, and there is another
            own.close()
            raise


def seeds_of(key: bytes) -> str:
    """Return what a judgement says of the secret that its seeds come from: not the secret."""
    return hashlib.sha256(key).hexdigest()[:16]


def seed_key(settings: Settings) -> bytes:
    """Return this installation's secret, out of which all seeds are made; made at first use."""
    path = settings.data_dir / "seed-key"
    make_data_dir(path.parent)
    with contextlib.suppress(FileExistsError), tempfile.NamedTemporaryFile(dir=path.parent) as new:
        # Linked when complete, so that nobody reads half a key; who comes second keeps the first.
        if not path.exists():
            new.write(secrets.token_bytes(32))
            new.flush()
            os.link(new.name, path)
    return path.read_bytes()
