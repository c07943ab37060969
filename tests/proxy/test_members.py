"""Classes, attributes and functions of a submission, and the arguments of its exceptions."""

from typing import Any

import pytest

from tests.fakes import MemoryChannel


def test_classes_functions_and_attributes_can_be_used_from_outside() -> None:
    source = """
class Temp:
    zero = -273
    def __init__(self, celsius): self.celsius = celsius
    @classmethod
    def freezing(cls): return cls(0)
    @staticmethod
    def twice(n): return 2 * n
    def __str__(self): return f"{self.celsius} C"
def adder(a): return lambda b: a + b
"""
    solution: Any = MemoryChannel(source, ["Temp"], classes=["Temp"]).solution
    temp = solution.Temp.freezing()
    temp.celsius = 5

    assert (temp.celsius, str(temp)) == (5, "5 C")
    assert (solution.Temp.zero, solution.Temp.twice(4)) == (-273, 8)
    assert solution.adder(1)(2) == 3


def test_an_exception_keeps_its_plain_arguments() -> None:
    solution: Any = MemoryChannel("def f(k): return {}[k]\n", ["f"]).solution

    with pytest.raises(KeyError) as raised:
        solution.f("zz")

    assert raised.value.args == ("zz",)
    assert str(raised.value) == "'zz'"
