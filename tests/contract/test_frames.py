"""Both ends produce and accept the golden frames: the host's code here, the image's in a box."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from judge.bootstrap import LocalJudge
from judge.model import Limits
from judge.proxy.codec import plain_codec
from judge.proxy.codes import Malformed
from judge.proxy.framing import BadFrame, FrameBuffer, TaggedBuffer, pack, pack_tagged
from judge.testing import local_process
from tests.boxes import a_boxed_channel
from tests.contract.frames import JSON, TAGGED, VALUES

RUNNER = Path(__file__).resolve().parents[2] / "runner-image"
NAMES = [name for name, _, _ in VALUES]
codec = plain_codec()


def same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and (
        bool(np.array_equal(one, other)) and repr(one) == repr(other)
    )


@pytest.mark.parametrize(("value", "frame"), [row[1:] for row in VALUES], ids=NAMES)
def test_a_value_is_these_bytes(value: Any, frame: str) -> None:
    assert codec.encode(value).hex() == frame
    assert same(codec.decode(bytes.fromhex(frame)), value)


@pytest.mark.parametrize(("value", "frame"), [row[1:] for row in VALUES], ids=NAMES)
def test_these_bytes_with_an_end_cut_off_are_refused(value: Any, frame: str) -> None:
    with pytest.raises(Malformed):
        codec.decode(bytes.fromhex(frame)[:-1])


@pytest.mark.parametrize(("tag", "payload", "frame"), [row[1:] for row in TAGGED],
                         ids=[row[0] for row in TAGGED])  # fmt: skip
def test_a_tagged_frame_is_these_bytes(tag: int, payload: bytes, frame: str) -> None:
    assert pack_tagged(tag, payload).hex() == frame
    assert list(TaggedBuffer(100).feed(bytes.fromhex(frame))) == [(tag, payload)]


@pytest.mark.parametrize(("header", "payload", "frame"), [row[1:] for row in JSON],
                         ids=[row[0] for row in JSON])  # fmt: skip
def test_a_frame_is_these_bytes(header: dict[str, Any], payload: bytes, frame: str) -> None:
    assert pack(header, payload).hex() == frame
    assert list(FrameBuffer().feed(bytes.fromhex(frame))) == [(header, payload)]


def test_a_broken_frame_is_refused() -> None:
    with pytest.raises(BadFrame):
        list(FrameBuffer().feed(bytes.fromhex("00000002000000005b5d")))


def test_both_ends_mean_the_same_by_a_tag() -> None:
    script = (
        f"import sys, json; sys.path[:0] = [{str(RUNNER / 'box')!r}]\n"
        "import tags\n"
        "print(json.dumps({k: v for k, v in vars(tags).items() if k.isupper()}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)

    assert json.loads(done.stdout) == {
        "SETUP": 1, "REQUEST": 2, "ANSWER": 3, "REPLY": 4, "QUESTION": 5,
    }  # fmt: skip
    for name in ("REQUEST", "ANSWER", "REPLY", "QUESTION"):
        assert getattr(local_process, name) == json.loads(done.stdout)[name]


@pytest.mark.docker
def test_the_image_reads_and_writes_the_same_bytes(judge: LocalJudge) -> None:
    source = (
        "def same(value): return value\ndef types(*values): return [str(type(v)) for v in values]"
    )
    with a_boxed_channel(judge, Limits()) as channel:
        solution = channel.load(source)
        values = [value for _, value, _ in VALUES]

        assert solution.types(*values) == [str(type(value)) for value in values]
        for _, value, frame in VALUES:
            assert same(solution.same(value), value)
            assert bytes.fromhex(frame) in channel.facts[-1].payload
