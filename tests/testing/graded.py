"""Words of the tests that judge small packages for real."""

from collections.abc import Callable

from judge.model import Judgement
from tests.builders import SOURCE

Grade = Callable[..., Judgement]
RIGHT = SOURCE
LIMITS = "[limits]\ncpu_seconds = 0.5\nwall_seconds = 2\n"
