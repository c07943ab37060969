"""One claimed submission: read its problem, have it judged, and always come to an outcome."""

import logging
from dataclasses import dataclass

from judge.catalog import Catalog, Shelf
from judge.errors import (
    Abandoned,
    EngineUnavailable,
    JudgeError,
    ProblemError,
    RequestError,
    SetupError,
)
from judge.judging.events import Listener
from judge.model import Judgement, Verdict
from judge.queue import MAX_CRASHES
from judge.store import Judged, Kind, Outcome, Submission
from judge.worker.base import Judges

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Judging:
    """How a submission comes to its outcome."""

    catalog: Catalog | Shelf
    seeds: str

    def outcome(self, judge: Judges, submission: Submission, listener: Listener) -> Outcome:
        """Return a judgement or a trial; JE when we fail.

        Raises:
            Abandoned, EngineUnavailable, SetupError: there is no outcome, and nobody is to blame.
        """
        slug = submission.wanted.problem
        if submission.crashes > MAX_CRASHES:
            return self._failed(slug, "every worker that judged this died of it")
        try:
            return self._judge(judge, submission, listener)
        except (Abandoned, EngineUnavailable, SetupError):
            raise
        except (ProblemError, RequestError) as error:
            _log.error("submission %d: %s", submission.id, error)
            return self._failed(slug, "the package of this problem cannot be read")
        except JudgeError as error:
            _log.error("submission %d: %s", submission.id, error)
            return self._failed(slug, "the judge itself failed, again and again")
        except Exception:  # noqa: BLE001 (a bug of ours ends in JE, not in waiting for ever)
            _log.exception("submission %d", submission.id)
            return self.failure(slug)

    def failure(self, problem: str) -> Judged:
        """Return the outcome of a bug of ours."""
        return self._failed(problem, "the judge itself failed")

    def _judge(self, judge: Judges, submission: Submission, listener: Listener) -> Outcome:
        wanted = submission.wanted
        problem = self.catalog.get(wanted.problem)
        if wanted.args is not None or wanted.stdin is not None:
            return judge.try_input(problem, wanted.source, wanted.args, wanted.stdin, listener)
        judgement = judge.judge(
            problem, wanted.source, listener, samples_only=wanted.kind is Kind.RUN
        )
        return Judged(judgement, self.seeds)

    def _failed(self, problem: str, why: str) -> Judged:
        judgement = Judgement(
            problem=problem,
            problem_version="",
            image="",
            runner_version="",
            verdict=Verdict.JE,
            points=0,
            max_points=0,
            tests=(),
            message=f"{why}; this is not counted against you",
        )
        return Judged(judgement, self.seeds)
