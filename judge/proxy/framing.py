"""Length-prefixed frames on a byte stream: a JSON header for what is ours, bytes for the rest.

    u32 header length | u32 payload length | header (JSON object) | payload

The process that runs user code speaks a smaller dialect, one tag and a payload, so that nobody
has to parse anything it says:

    u8 tag | u32 payload length | payload
"""

import json
import struct
from collections.abc import Iterator
from typing import Any

Header = dict[str, Any]

MAX_HEADER_BYTES = 1 << 20
MAX_PAYLOAD_BYTES = 96 << 20
READ_BYTES = 64 << 10  # at once; for more, the allocator has memory mapped and unmapped each time
_PREFIX = struct.Struct(">II")
_TAGGED = struct.Struct(">BI")


class BadFrame(Exception):
    """The bytes are no frame: a length over its cap or a header that is not a JSON object."""


def pack(header: Header, payload: bytes = b"") -> bytes:
    """Return the frame of a header and a payload."""
    head = json.dumps(header, separators=(",", ":")).encode()
    return _PREFIX.pack(len(head), len(payload)) + head + payload


def pack_tagged(tag: int, payload: bytes) -> bytes:
    """Return the small frame of a tag (0 to 255) and a payload."""
    return _TAGGED.pack(tag, len(payload)) + payload


class FrameBuffer:
    """Collects bytes as they arrive and gives back whole frames; after a bad one, nothing more."""

    def __init__(self, max_payload: int = MAX_PAYLOAD_BYTES) -> None:
        self._data = bytearray()
        self._max_payload = max_payload
        self._broken = False

    def feed(self, data: bytes) -> Iterator[tuple[Header, bytes]]:
        """Take bytes; yield each frame they complete; raise BadFrame."""
        if self._broken:
            raise BadFrame("bytes after a broken frame")  # they are not even kept
        self._data += data
        try:
            while (frame := self._next()) is not None:
                yield frame
        except BadFrame:
            self._broken = True
            self._data.clear()
            raise

    def _next(self) -> tuple[Header, bytes] | None:
        if len(self._data) < _PREFIX.size:
            return None
        head_size, payload_size = _PREFIX.unpack_from(self._data)
        if head_size > MAX_HEADER_BYTES or payload_size > self._max_payload:
            raise BadFrame(f"a frame of {head_size} + {payload_size} bytes")
        end = _PREFIX.size + head_size + payload_size
        if len(self._data) < end:
            return None
        header = _header(bytes(self._data[_PREFIX.size : _PREFIX.size + head_size]))
        payload = bytes(self._data[_PREFIX.size + head_size : end])
        del self._data[:end]
        return header, payload


class TaggedBuffer:
    """The same for tagged frames; a payload over the cap is refused from its length alone."""

    def __init__(self, max_payload: int) -> None:
        self._data = bytearray()
        self.max_payload = max_payload
        self._broken = False

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Take bytes; yield each (tag, payload) they complete; raise BadFrame."""
        if self._broken:
            raise BadFrame("bytes after a broken frame")  # a child of the process may go on
        self._data += data
        while len(self._data) >= _TAGGED.size:
            tag, size = _TAGGED.unpack_from(self._data)
            if size > self.max_payload:
                self._broken = True
                self._data.clear()
                raise BadFrame(f"a payload of {size} bytes")
            end = _TAGGED.size + size
            if len(self._data) < end:
                return
            payload = bytes(self._data[_TAGGED.size : end])
            del self._data[:end]
            yield tag, payload


def _header(raw: bytes) -> Header:
    try:
        header = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BadFrame("a header that is not JSON") from error
    if not isinstance(header, dict):
        raise BadFrame("a header that is not an object")
    return header
