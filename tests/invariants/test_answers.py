"""Answers never enter the box, and hidden stays hidden."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from judge.bootstrap import LocalJudge
from judge.engine.attach import Stream
from judge.model import Verdict
from judge.proxy.framing import Header
from tests.boxes import BoxChannel
from tests.builders import a_problem
from tests.invariants.package import FILES, NEEDLE, OWN_SOURCE

pytestmark = pytest.mark.docker


@pytest.fixture
def sent_to_boxes(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Everything that is sent into boxes from now on; what graders are sent names a session."""
    sent: list[bytes] = []
    send_all = Stream.send_all

    def recording(self: Stream, frames: Iterable[tuple[Header, bytes]]) -> None:
        kept = list(frames)
        for header, payload in kept:
            if "session" not in header:
                sent.append(json.dumps(header).encode() + payload)
        send_all(self, kept)

    monkeypatch.setattr(Stream, "send_all", recording)
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


def test_nothing_of_a_hidden_test_is_shown(judge: LocalJudge, tmp_path: Path) -> None:
    source = "def double(n):\n    print(n)\n    if n == 2: return 4\n    raise ValueError(n)\n"

    judgement = judge.judge(a_problem(tmp_path, files=FILES), source)

    assert judgement.verdict is Verdict.RE
    shown = repr(judgement)
    for secret in ("40302011", "80604022", NEEDLE, "test_hidden", "needle"):
        assert secret not in shown
