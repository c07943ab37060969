import sys
import warnings

TEXT = "\x1b]0;owned\x07\x1b[2J\u202e\u2066\r\0\x9b31m[bold red]"


def double(n):
    print(TEXT)
    print(TEXT, file=sys.stderr)
    warnings.warn(TEXT)
    sys.stdout.buffer.write(bytes(range(256)))
    return 2 * n
