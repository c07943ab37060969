import os


def double(n):
    if n == 20:
        assert os.listdir("/tmp") == []
    if n == 21:
        os.chdir("/tmp")
        for _ in range(300):
            os.mkdir("x" * 200)  # in the end far longer than a path may be
            os.chdir("x" * 200)
    return 2 * n
