import os

PLACES = ("/tmp", "/dev/shm")


def double(n):
    for place in PLACES:
        if n == 20:
            assert os.listdir(place) == [], os.listdir(place)
        if n == 21:
            os.makedirs(f"{place}/a/b")
            open(f"{place}/a/b/left", "w").close()
            os.chmod(f"{place}/a/b/left", 0)
            os.chmod(f"{place}/a/b", 0)
            os.chmod(f"{place}/a", 0)
            os.symlink("/etc/passwd", f"{place}/link")
    return 2 * n
