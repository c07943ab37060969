"""The process in which the local pytest plugin runs a submission: requests in, replies out."""

import os
import struct
import sys

from judge.proxy.callee import Callee
from judge.proxy.framing import pack_tagged

REQUEST, ANSWER, REPLY, QUESTION = 2, 3, 4, 5
_HEAD = struct.Struct(">BI")


def main() -> None:
    """Serve until stdin closes; what the submission prints goes to stderr."""
    requests, replies = os.dup(0), os.dup(1)
    os.dup2(2, 1)
    os.close(0)
    os.open(os.devnull, os.O_RDONLY)
    sys.stdin = open(0, closefd=False, encoding="utf-8")  # noqa: SIM115 (lives as long as we do)

    def receive() -> tuple[int, bytes]:
        tag, size = _HEAD.unpack(_exactly(requests, _HEAD.size))
        return tag, _exactly(requests, size)

    def send(tag: int, payload: bytes) -> None:
        data = memoryview(pack_tagged(tag, payload))
        while data:
            data = data[os.write(replies, data) :]

    def ask(question: bytes) -> bytes:
        send(QUESTION, question)
        while True:
            tag, payload = receive()
            if tag == ANSWER:
                return payload
            send(REPLY, callee.serve(payload))

    callee = Callee(ask)
    while True:
        send(REPLY, callee.serve(receive()[1]))


def _exactly(fd: int, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        part = os.read(fd, size - len(data))
        if not part:
            os._exit(0)
        data += part
    return bytes(data)


if __name__ == "__main__":
    main()
