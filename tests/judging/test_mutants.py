"""What is changed in a source, what is left alone, and how a change is told."""

import textwrap

from judge.judging.mutants import Mutant, mutants_of


def changes(source: str) -> list[tuple[int, str, str]]:
    found = mutants_of(textwrap.dedent(source))
    return [(one.line, one.before, one.after) for one in found]


def test_a_comparison_and_a_number_are_changed_each_for_itself() -> None:
    found = changes("""\
        def f(x):
            if x < 3:
                return x
            return 3 - x
        """)

    assert (2, "if x < 3:", "if x <= 3:") in found
    assert (2, "if x < 3:", "if x < 4:") in found
    assert (4, "return 3 - x", "return 3 + x") in found
    assert (4, "return 3 - x", "return 4 - x") in found


def test_a_mutant_is_the_whole_source_with_one_change() -> None:
    (one,) = mutants_of("def f(x):\n    return -x  # negated\n")

    assert one == Mutant(
        2, "return -x  # negated", "return +x  # negated", "def f(x):\n    return +x  # negated\n"
    )


def test_lines_of_a_longer_change_are_told_together() -> None:
    source = """\
        def f(x):
            if x:
                y = g(1,
                      x)
            return y
        """
    assert (3, "y = g(1,\n      x)", "y = None") in changes(source)


def test_what_nobody_sees_is_left_alone() -> None:
    found = changes('''\
        """Module."""

        def f(x: 1 < 2) -> "int":
            """Doubles"""
            "a remark"
            if x is y:
                raise ValueError("x must " + "be positive", 3)

        if __name__ == "__main__":
            f()
        ''')

    assert found == [(6, "if x is y:", "if x is not y:")]


def test_what_does_not_compile_or_changes_nothing_is_no_mutant() -> None:
    # `break` becomes `return`, which a module cannot do; 0x10 and 16 are the same.
    found = changes("for x in y:\n    break\n")

    assert found == []


def test_no_two_are_the_same_program() -> None:
    found = mutants_of("a = b = f(1)\n")

    assert len({one.source for one in found}) == len(found)
