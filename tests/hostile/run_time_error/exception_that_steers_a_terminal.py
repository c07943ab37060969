TEXT = "\x1b]0;owned\x07\x1b[2J\u202e\u2066\r\0\x9b31m[bold red]"


def double(n):
    if n == 21:
        print(TEXT)
        raise type(TEXT.replace("\0", ""), (Exception,), {})(TEXT)
    return 2 * n
