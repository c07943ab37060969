"""Values as bytes and back: exact builtin types, plain arrays, references; nothing executable.

msgpack carries None, bool, 64-bit int, float, str, bytes, list and dict; everything else is an
extension whose content is again made of these (see `Ext`). Decoding never imports, calls or
looks anything up by a name that the bytes give.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import msgpack

from judge.proxy import extensions
from judge.proxy.codes import CannotCross, Ext, Malformed
from judge.proxy.collisions import refuse_collisions

MAX_EXTENSION_DEPTH = 64
MAX_NESTED_BYTES = 256 << 20  # every extension around another is a copy of all that it holds
MAX_CONTAINERS = 2_000_000  # lists and dicts; an empty one is a byte that becomes 64 and more
REFERENCE_EFFORT = 10  # an object for each, which the test's side keeps
MAX_SET_DEPTH = 3  # comparing sets of sets whose hashes are made equal costs their product
TIMESTAMP_AS_FLOAT = 1


class Ref(IntEnum):
    """Extension codes of things that stay where they are and are referred to."""

    HANDLE = 32  # an object inside the box: [number, type name]
    NAME = 33  # something the submission or its prelude defines: [module, name]
    EXPOSED = 34  # an object of the test: [number, methods, attributes, callable]
    STRUCTURE = 35  # a linked list or a tree: [shape, class name, data]
    LAYOUT = 36  # an array for the submission in a form of memory: [form, array]


@dataclass(frozen=True, slots=True)
class Reference:
    """A thing that does not cross itself, as it appears on the wire."""

    kind: Ref
    data: list[Any]


Refer = Callable[[object], Reference | None]
Resolve = Callable[[Reference], object]


class Codec:
    """Encodes and decodes for one side; what a reference means is that side's business."""

    def __init__(self, refer: Refer, resolve: Resolve) -> None:
        self._refer = refer
        self._resolve = resolve
        self._depth = self._sets = 0
        self._left, self._containers = extensions.MAX_EFFORT, MAX_CONTAINERS
        self.is_decoding = False

    def encode(self, value: object) -> bytes:
        """Return the bytes of a value; raise CannotCross naming the type that has no bytes."""
        self._depth = self._sets = 0
        try:
            return self._pack(value)
        except (ValueError, RecursionError) as error:
            raise CannotCross("a value that is cyclic or nested too deeply") from error

    def decode(self, data: bytes) -> Any:
        """Return the value of the bytes; raise Malformed for anything but what `encode` makes."""
        self._left, self._containers = extensions.MAX_EFFORT, MAX_CONTAINERS
        self.is_decoding = True
        try:
            return self._unpack(data, MAX_EXTENSION_DEPTH, MAX_NESTED_BYTES)
        except Malformed:
            raise
        except SystemError as error:
            raise MemoryError("in the middle of a value") from error  # as msgpack puts it
        except (ValueError, TypeError, RecursionError, OverflowError, msgpack.UnpackException) as e:
            raise Malformed(f"{type(e).__name__}: {e}") from e
        finally:
            self.is_decoding = False

    def _pack(self, value: object) -> bytes:
        if self._depth == MAX_EXTENSION_DEPTH:
            raise CannotCross("a value that is nested too deeply")
        self._depth += 1
        packed: bytes = msgpack.packb(
            value, default=self._extend, strict_types=True, unicode_errors="surrogatepass"
        )
        self._depth -= 1
        return packed

    def _extend(self, value: object) -> msgpack.ExtType:
        if (extension := extensions.exact(value)) is not None:
            code, content = extension
            is_set = code in {Ext.SET, Ext.FROZENSET}
            self._sets += is_set
            if self._sets > MAX_SET_DEPTH:
                raise CannotCross("a value with sets nested too deeply")
            packed = self._pack(content)
            self._sets -= is_set
            return msgpack.ExtType(code, packed)
        if (reference := self._refer(value)) is not None:
            return msgpack.ExtType(reference.kind, self._pack(reference.data))
        return self._as_base_type(value)

    def _as_base_type(self, value: object) -> Any:
        if (base := extensions.base_value(value)) is None:
            raise CannotCross(f"a value of type {extensions.type_name(value)}")
        # A tuple or a set has no msgpack form of its own, and `default` is asked only once.
        return self._extend(base) if type(base) in extensions.EXACT else base

    def _unpack(self, data: bytes, depth: int, room: int, sets: int = 0) -> Any:
        room -= len(data)
        if depth == 0 or room < 0 or sets > MAX_SET_DEPTH:
            raise Malformed("extensions nested too deeply")

        def restore(code: int, content: bytes) -> object:
            inside = sets + (code in {Ext.SET, Ext.FROZENSET})
            return self._restore(code, self._unpack(content, depth - 1, room, inside))

        return msgpack.unpackb(
            data,
            ext_hook=restore,
            list_hook=self._list,
            object_pairs_hook=self._dict,
            strict_map_key=False,
            timestamp=TIMESTAMP_AS_FLOAT,  # msgpack has one of its own; we make none
            unicode_errors="surrogatepass",
        )

    def _list(self, items: list[Any]) -> list[Any]:
        self._count_container()
        return items

    def _dict(self, pairs: list[tuple[Any, Any]]) -> dict[Any, Any]:
        self._count_container()
        refuse_collisions([key for key, _ in pairs])
        return dict(pairs)

    def _count_container(self) -> None:
        self._containers -= 1
        if self._containers < 0:
            raise Malformed(f"more than {MAX_CONTAINERS:,} lists and dicts in one value")

    def _restore(self, code: int, content: Any) -> object:
        if code in Ref._value2member_map_:
            if not isinstance(content, list):
                raise Malformed("a reference without a list")
            self._spend(REFERENCE_EFFORT)
            return self._resolve(Reference(Ref(code), content))
        extensions.check_content(code, content)
        self._spend(extensions.effort(code, content))
        if code in {Ext.SET, Ext.FROZENSET}:
            refuse_collisions(content)
        return extensions.restore(code, content)

    def _spend(self, effort: int) -> None:
        self._left -= effort
        if self._left < 0:
            raise Malformed("too many values in one")


def plain_codec() -> Codec:
    """Return a codec for values in which nothing is referred to."""
    return Codec(lambda _: None, _refuse)


def _refuse(reference: Reference) -> object:
    raise Malformed(f"a reference ({reference.kind.name}) among plain data")
