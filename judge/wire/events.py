"""What a stream of events says, one model per `event:` name."""

from judge.model import State
from judge.wire.base import Said
from judge.wire.judgement import Test


class StateChanged(Said):
    """`state`: where the submission is. A new attempt makes all earlier tests void."""

    state: State
    position: int | None = None
    reason: str | None = None
    attempt: int = 0


class PhaseStarted(Said):
    """`phase`: a step of judging began. `box` begins a pass: earlier tests are void."""

    name: str


class Collected(Said):
    """`collected`: so many tests are known by now."""

    total: int


class TestEnded(Said):
    """`test`: a test ended or was passed over."""

    __test__ = False

    index: int
    test: Test


class AttemptFailed(Said):
    """`attempt_failed`: the judge failed, nobody's program; it tries again or ends in JE."""

    attempt: int
    message: str = "the judge failed, not your program"
