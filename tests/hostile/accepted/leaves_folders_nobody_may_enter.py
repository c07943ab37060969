import os

FOLDERS = ("/tmp/a", "/tmp/a/b", "/tmp/a/b/c", "/dev/shm/d")


def double(n):
    if n == 20:
        assert os.listdir("/tmp") + os.listdir("/dev/shm") == []
    if n == 21:
        for folder in FOLDERS:
            os.mkdir(folder)
            open(f"{folder}/file", "w").close()
        for folder in reversed(FOLDERS):
            os.chmod(folder, 0)
    return 2 * n
