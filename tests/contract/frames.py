"""Golden frames: values and the exact bytes that both ends have agreed on, one row a form."""

import datetime
import decimal
import fractions
import math
from typing import Any

import numpy as np

# A change of a row is a change of the protocol: images and host must then be built anew together.
VALUES: list[tuple[str, Any, str]] = [
    ("none", None, "c0"),
    ("true", True, "c3"),
    ("integer", 7, "07"),
    ("negative", -129, "d1ff7f"),
    ("float", 1.5, "cb3ff8000000000000"),
    ("negative zero", -0.0, "cb8000000000000000"),
    ("infinity", -math.inf, "cbfff0000000000000"),
    ("text", "é", "a2c3a9"),
    ("surrogate", "\ud800", "a3eda080"),
    ("bytes", b"\x00\xff", "c40200ff"),
    ("list", [1, "a"], "9201a161"),
    ("dict", {"a": 1, 2: None}, "82a1610102c0"),
    ("tuple", (1, 2), "c70301920102"),
    ("empty tuple", (), "d40190"),
    ("set", {5}, "d5029105"),
    ("frozenset", frozenset({5}), "d5039105"),
    ("complex", 1 + 2j, "c71304" + "92cb3ff0000000000000cb4000000000000000"),
    ("big integer", 1 << 64, "c70b05c409000000000000000001"),
    ("range", range(0, 10, 3), "d60693000a03"),
    ("decimal", decimal.Decimal("1.50"), "c70507a4312e3530"),
    ("fraction", fractions.Fraction(1, 3), "c70308920103"),
    ("date", datetime.date(2024, 2, 29), "c70b0aaa323032342d30322d3239"),
    ("timedelta", datetime.timedelta(1, 2, 3), "d60c93010203"),
    (
        "array",
        np.array([[1.0, 2.0]]),
        "c71c10" + "94a33c6638920102a143c410000000000000f03f0000000000000040",
    ),
    ("scalar", np.int16(3), "c70c1194a33c693290a143c4020300"),
]
TAGGED = [
    ("request", 2, b"\x01", "020000000101"),
    ("reply", 4, b"", "0400000000"),
]
JSON = [
    (
        "call",
        {"kind": "call", "call": 3},
        b"\xc0",
        "0000001800000001" + b'{"kind":"call","call":3}'.hex() + "c0",
    ),
    ("surrogate", {"text": "\ud800"}, b"", "0000001100000000" + b'{"text":"\\ud800"}'.hex()),
]
