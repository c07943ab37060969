"""A small package whose secrets are easy to look for."""

SAMPLES = "def test_two(solution):\n    assert solution.double(2) == 4\n"
NEEDLE = "needle-in-the-hidden-tests"
HIDDEN = f"""
def test_{NEEDLE.replace("-", "_")}(solution):
    \"\"\"{NEEDLE}\"\"\"
    assert solution.double(40_302_011) == 80_604_022
    assert abs(solution.double(0.5) - 1.0) < 1e-9
"""
REFERENCE = f"def double(n):  # {NEEDLE}\n    return n + n\n"
FILES = {
    "tests/test_samples.py": SAMPLES,
    "tests/test_hidden.py": HIDDEN,
    "submissions/accepted/a.py": REFERENCE,
}
OWN_SOURCE = "def double(n):\n    return 2 * n\n"
