"""Without an engine the API stays up and says why submissions wait; they are judged afterwards."""

import contextlib
import gc
import time
import warnings
from functools import partial
from http import HTTPStatus
from pathlib import Path

import pytest

from judge import wire
from judge.engine.container import new_instance
from judge.errors import EngineUnavailable
from judge.images import find_image
from judge.model import State, Verdict
from judge.sandbox.docker import DockerSandbox
from tests.killed.conftest import Say
from tests.killed.judging import QUICK, SLOW, Asking, asking
from tests.killed.private_engine import PrivateEngine
from tests.waiting import eventually

pytestmark = [pytest.mark.docker, pytest.mark.slow]

NOTICED_SECONDS = 10
JUDGED_SECONDS = 30


def test_an_engine_that_is_not_there_yet_is_named_and_waited_for(
    private: PrivateEngine, tmp_path: Path, say: Say
) -> None:
    private.kill()
    with asking(tmp_path, private.host) as judge:
        waiting = judge.submit(QUICK)
        not_ready = trouble(judge)
        reason = f"no container engine answers at {private.host}"

        assert waiting.state is State.QUEUED
        assert reason in not_ready.reasons[0]
        assert not_ready.queued == 1
        assert judge.client.submission(waiting.id).reason == not_ready.reasons[0]
        assert judge.client.slugs() == ["double"]
        assert judge.client.http.get("/healthz").status_code == HTTPStatus.OK

        private.start()
        came = time.monotonic()
        found = judge.judged(waiting.id, JUDGED_SECONDS)
        say(f"an engine that came: judged after {time.monotonic() - came:.1f} s")

        assert found.judgement is not None
        assert found.judgement.verdict is Verdict.AC
        assert found.attempts == 1
        assert judge.client.readiness().ready


def test_an_idle_judge_notices_that_the_engine_died(
    private: PrivateEngine, tmp_path: Path, say: Say
) -> None:
    with asking(tmp_path, private.host) as judge:
        judge.ready()
        private.kill()
        died = time.monotonic()
        not_ready = trouble(judge)
        say(f"an engine that died: noticed after {time.monotonic() - died:.1f} s")

        assert private.host in not_ready.reasons[0]
        private.start()
        judge.ready()


def test_what_was_being_judged_when_the_engine_died_waits_and_is_judged_once(
    private: PrivateEngine, tmp_path: Path, say: Say
) -> None:
    with asking(tmp_path, private.host) as judge:
        submitted = judge.submit(SLOW)
        judge.in_the_middle(submitted.id)
        private.kill()

        waiting = queued_again(judge, submitted.id)
        assert "no container engine answers" in (waiting.reason or "")
        private.start()
        came = time.monotonic()
        found = judge.judged(submitted.id, JUDGED_SECONDS)
        say(f"an engine that died and came: judged after {time.monotonic() - came:.1f} s")

        assert found.judgement is not None
        assert found.judgement.verdict is Verdict.AC
        assert found.attempts > 1


def test_an_engine_that_dies_while_it_starts_a_box_is_named(
    private: PrivateEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It can neither start what was created nor remove it."""
    with warnings.catch_warnings(), contextlib.ExitStack() as box, private.client() as client:
        start = client.api.start

        def dying(identity: str) -> None:
            private.kill()
            start(identity)

        monkeypatch.setattr(client.api, "start", dying)
        sandbox = DockerSandbox(client, partial(find_image, client), new_instance())
        with pytest.raises(EngineUnavailable, match="no container engine answers") as raised:
            box.enter_context(sandbox.lease("python", 64))
        # Docker's client leaks a socket when it cannot connect.
        warnings.simplefilter("ignore", ResourceWarning)
        del raised
        gc.collect()


def trouble(judge: Asking, seconds: float = NOTICED_SECONDS) -> wire.Readiness:
    """Wait until /readyz says that nothing is judged, and why: the engine."""

    def said() -> wire.Readiness | None:
        answer = judge.client.http.get("/readyz")
        found = wire.Readiness.model_validate_json(answer.content)
        assert found.ready == (answer.status_code == HTTPStatus.OK)
        return found if "no container engine" in "".join(found.reasons) else None

    found = eventually(said, seconds)
    assert found is not None
    return found


def queued_again(judge: Asking, number: int) -> wire.Submission:
    def looked() -> wire.Submission | None:
        found = judge.client.submission(number)
        return found if found.state is State.QUEUED else None

    found = eventually(looked)
    assert found is not None
    return found
