"""Which answers are the same as the reference's."""

from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from judge.testing.agreement import agree

NAN = float("nan")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1.0, 1 + 1e-9, True),
        (2, 2.0, True),
        ((1,), [1], False),
        ([NAN], [float("nan")], True),
        (Decimal("NaN"), Decimal("NaN"), True),
        ([Decimal("sNaN")], [Decimal("NaN")], True),
        (Decimal("NaN"), Decimal(1), False),
        (Decimal(1), Decimal("NaN"), False),
        (np.array([NAN, 1]), np.array([NAN, 1]), True),
        (np.array([1]), [1], False),
    ],
    ids=str,
)
def test_equal_but_for_rounding(one: Any, other: Any, same: bool) -> None:
    assert agree(one, other) is same
